import path from 'node:path';
import type { Command } from 'commander';
import { seesAll } from '#model/visibility.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { importApprovals, type ApprovalImportDone } from '#operations/import-approvals.ts';
import { importFormats } from '#operations/import-format.ts';
import { importedApprovals, type ImportedApprovalRow } from '#operations/imported-approvals.ts';
import { approvalReach, type ApprovalReach } from '#operations/licences/approval-reach.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { officeActor } from '#operations/office-actor.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { bytesOfFile, sayProblems } from '../print-imported.ts';
import { print, printJson, printTable } from '../terminal.ts';

type ImportOptions = OfficeOptions & { readonly as?: string; readonly component?: string; readonly columns?: string };

/** `approvals import` and `imported`: takes over what other tools approved of licences and packages. */
export function addApprovals(program: Command): void {
  const approvals = program.command('approvals').description('what other tools approved of licences and packages');
  withOffice(approvals.command('import'))
    .description('take over the approvals of files; no verdict counts them until counsel confirms them')
    .argument('<file...>', 'CSV, exports of Black Duck, FOSSA, Snyk, Mend, Sonatype IQ and SW360, .ort.yml')
    .option('--as <format>', `${importFormats.approvals.join(', ')}; otherwise by name and content`)
    .option('--component <component>', 'ref or name of what the files lie beside')
    .option('--columns <mapping>', 'of CSV: which columns stand for which, as status=Decision,package=Purl')
    .action(runImport);
  withOffice(approvals.command('imported', { isDefault: true }))
    .description('approvals that came from files: what they mean here, and what they would change')
    .action(runImported);
}

async function runImport(files: readonly string[], options: ImportOptions): Promise<void> {
  await inOffice(options, async ({ context }) => {
    const [estate, live] = [await loadEstate(context.store), openLiveDesk()];
    const outcomes: (ApprovalImportDone & { readonly file: string })[] = [];
    for (const file of files) {
      const done = await importApprovals(context, live, estate, {
        bytes: await bytesOfFile(file),
        file: path.basename(file),
        formatId: options.as ?? null,
        columns: options.columns ?? null,
        component: options.component ?? null,
        actor: officeActor,
        visibility: seesAll,
        estateVisibility: seesAll,
      });
      if ('refusal' in done) throw new ConfigurationError(`${file}: ${done.reason}`);
      outcomes.push({ file, ...done });
      if (options.json !== true) {
        print(`${file}: ${done.format}, ${String(done.imported)} approvals imported, unconfirmed; ${String(done.matched)} mean a package in use`);
        print(`known before ${String(done.known)}, expired ${String(done.expired)}`);
        sayProblems(done.problems, file);
      }
    }
    if (options.json === true) printJson({ files: outcomes });
    process.exitCode = outcomes.every(({ problems }) => problems.length === 0) ? 0 : 1;
  });
}

async function runImported(options: OfficeOptions): Promise<void> {
  await inOffice(options, async ({ context: { store, clock } }) => {
    const [estate, desk] = [await loadEstate(store), await openLiveDesk().catchUp(store)];
    const judge = licenceJudge(estate, desk, clock());
    const rows = importedApprovals(estate, desk, { visibility: seesAll, looksAfter: true }, clock()).map((row) => ({
      row,
      reach: approvalReach(estate, seesAll, judge, row.approval),
    }));
    if (options.json === true) printJson({ policy: judge.policyName, approvals: rows.map(shown) });
    else {
      printTable([
        ['id', 'state', 'says', 'package', 'licence', 'component', 'in use', 'now', 'with it', 'until', 'conflicts', 'from'],
        ...rows.map(({ row, reach }) => lineOf(row, reach)),
      ]);
      const waiting = rows.filter(({ row }) => row.state === 'unconfirmed').length;
      print(`${String(waiting)} of ${String(rows.length)} are unconfirmed and count in no verdict. Policy verdicts under ${judge.policyName}`);
    }
  });
}

function lineOf({ approval, state, conflicts }: ImportedApprovalRow, reach: ApprovalReach): readonly string[] {
  const { predicate, origin, licence, says, answer } = approval;
  const versions = predicate.range === undefined ? '' : ` ${predicate.range}`;
  return [
    approval.id,
    state,
    says,
    `${predicate.package ?? 'any'}${versions}`,
    licence ?? 'any',
    predicate.component ?? 'any',
    String(reach.versions),
    reach.now ?? '-',
    reach.then ?? '-',
    new Date(answer?.kind === 'confirmed' ? answer.until : approval.until).toISOString().slice(0, 10),
    String(conflicts.length),
    `${origin.file ?? origin.source}${origin.line === null ? '' : `:${String(origin.line)}`}`,
  ];
}

function shown({ row: { approval, ...row }, reach }: { readonly row: ImportedApprovalRow; readonly reach: ApprovalReach }): object {
  return { ...approval, ...row, licence: approval.licence, normal: row.licence, reach };
}
