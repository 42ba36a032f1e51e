import { InvalidArgumentError, type Command } from 'commander';
import { estateFor, startOfDay } from '#operations/estate-for.ts';
import { explainFinding } from '#operations/explain-finding.ts';
import { placeById } from '#operations/find-finding.ts';
import { findingRows, type FindingSort } from '#operations/finding-rows.ts';
import { deskFields, priorityView } from '#operations/triage/desk-fields.ts';
import { triageFor } from '#operations/triage/triage-for.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { seesAll } from '#model/visibility.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable } from '../terminal.ts';
import { printExplanation } from '../print-explanation.ts';

const sorts: readonly FindingSort[] = ['severity', 'risk', 'due', 'opened', 'component', 'package', 'epss'];

type FindingOptions = OfficeOptions & { readonly rule?: string; readonly team?: string; readonly asOf?: string; readonly sort: FindingSort };

/** `findings` and `explain`: what needs us, and why. */
export function addFindings(program: Command): void {
  withOffice(program.command('findings'))
    .description('open findings')
    .option('--rule <rule>', 'only this rule')
    .option('--team <team>', 'only components of this team')
    .option('--as-of <date>', 'exposed at the end of that UTC day, as known now')
    .option('--sort <key>', sorts.join(', '), sortOf, 'severity')
    .action(async (options: FindingOptions) => {
      await inOffice(options, async ({ context }) => {
        const estate = await estateFor(context.store, options.asOf ?? null);
        const filter = {
          ...(options.rule === undefined ? {} : { rule: options.rule }),
          ...(options.team === undefined ? {} : { team: options.team }),
        };
        const rows = findingRows(await triageFor(context, estate), seesAll, filter, options.sort);
        if (options.json === true) {
          printJson(rows);
          return;
        }
        printTable([
          ['id', 'action', 'severity', 'risk', 'due', 'component', 'package', 'versions', 'advisory', 'fix', 'opened'],
          ...rows.map((row) => [
            row.id,
            row.action ?? '-',
            `${row.severity}${row.kev === null ? '' : ' KEV'}`,
            String(row.risk ?? '-'),
            row.due?.slice(0, 10) ?? row.clock ?? '-',
            row.component,
            row.subject,
            row.versions.join(' '),
            row.advisory?.ids[0] ?? row.advisory?.key ?? row.rule,
            row.fix ?? '-',
            row.opened.slice(0, 10),
          ]),
        ]);
        print(`${String(rows.length)} open findings`);
      });
    });
  withOffice(program.command('explain'))
    .description('the chain from a finding to fact to raw item to source')
    .argument('<finding id>')
    .option('--as-of <date>', 'as it stood at the end of that UTC day, as known now')
    .action(async (id: string, options: OfficeOptions & { readonly asOf?: string }) => {
      await inOffice(options, async ({ context }) => {
        const on = options.asOf === undefined ? null : startOfDay(options.asOf) / 86_400_000;
        const estate = await estateFor(context.store, options.asOf ?? null);
        const explained = await explainFinding(context.store, estate, seesAll, { id, on });
        if (explained === null) throw new ConfigurationError(`There is no open finding ${JSON.stringify(id)}. guildhall findings lists them.`);
        const place = placeById(estate, seesAll, id);
        const triage = await triageFor(context, estate);
        const onDesk = place === null ? null : { ...deskFields(triage, place), priority: priorityView(triage, place) };
        if (options.json === true) printJson({ ...explained, ...onDesk });
        else printExplanation(explained, onDesk);
      });
    });
}

function sortOf(text: string): FindingSort {
  const sort = sorts.find((each) => each === text);
  if (sort === undefined) throw new InvalidArgumentError(`One of ${sorts.join(', ')}.`);
  return sort;
}
