import { writeFileSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { componentNamed } from '#operations/component-named.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { vexFacts, vexReports, type VexScope } from '#operations/vex-facts.ts';
import { seesAll } from '#model/visibility.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { say } from '../terminal.ts';

type ExportOptions = OfficeOptions & { readonly team?: string; readonly all?: boolean; readonly format: string; readonly out?: string };

/** `vex`: what was decided, for those who are supplied. */
export function addVex(program: Command): void {
  const vex = program.command('vex').description('what was decided about vulnerabilities, for others');
  withOffice(vex.command('export'))
    .description('write a VEX document of decided and fixed findings')
    .argument('[component]', 'ref or name')
    .option('--team <team>', 'all components of this team')
    .option('--all', 'the whole office')
    .addOption(new Option('--format <format>', 'form of the document').choices(vexReports.map(({ id }) => id)).default('openvex'))
    .option('--out <file>', 'write there instead of stdout')
    .action(runExport);
}

async function runExport(component: string | undefined, options: ExportOptions): Promise<void> {
  const report = vexReports.find(({ id }) => id === options.format);
  if (report === undefined) throw new InvalidArgumentError(`One of ${vexReports.map(({ id }) => id).join(', ')}.`);
  if ([component, options.team, options.all].filter((each) => each !== undefined).length !== 1)
    throw new ConfigurationError('Say of what: a component, --team or --all.');
  await inOffice(options, async ({ context: { store, clock } }, { name }) => {
    const [estate, desk] = [await loadEstate(store), await openLiveDesk().catchUp(store)];
    const scope: VexScope =
      component !== undefined
        ? { kind: 'component', slot: componentNamed(estate, seesAll, component) }
        : options.team !== undefined
          ? { kind: 'team', team: options.team }
          : { kind: 'office' };
    const facts = await vexFacts(store, estate, desk, { scope, office: name, visibility: seesAll, now: clock() });
    if (facts === null) {
      say('Nothing was decided there yet, and VEX says nothing else: no document was written.');
      process.exitCode = 1;
      return;
    }
    const text = report.write(facts);
    if (options.out === undefined) process.stdout.write(text);
    else {
      writeFileSync(options.out, text);
      say(`${options.out}: ${String(facts.statements.length)} statements, ${report.title}`);
    }
  });
}
