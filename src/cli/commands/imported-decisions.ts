import path from 'node:path';
import type { Command } from 'commander';
import { compareFile, reportingFormats } from '#operations/compare-file.ts';
import { componentNamed } from '#operations/component-named.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { importDecisions } from '#operations/import-decisions.ts';
import { importedDecisions } from '#operations/imported-decisions.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { officeActor } from '#operations/office-actor.ts';
import { importFormats } from '#operations/import-format.ts';
import { seesAll } from '#model/visibility.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { bytesOfFile, sayProblems } from '../print-imported.ts';
import { print, printJson, printTable } from '../terminal.ts';

type FileOptions = OfficeOptions & { readonly as?: string; readonly component?: string; readonly columns?: string };

/** `decisions import`, `imported` and `compare`: takes over what others decided, and runs beside another tool. */
export function addDecisionImports(decisions: Command): void {
  withOffice(decisions.command('import'))
    .description('take over the decisions of a file; they do not count until somebody confirms them')
    .argument('<file>', 'VEX, Dependency-Track findings, .trivyignore, osv-scanner.toml, .snyk, suppressions.xml, CSV')
    .option('--as <format>', `${importFormats.statements.join(', ')}; otherwise by name and content`)
    .option('--component <component>', 'ref or name of what the file lies beside')
    .option('--columns <mapping>', 'of CSV: which columns stand for which, as advisory=CVE,state=Status')
    .action(runImport);
  withOffice(decisions.command('imported')).description('decisions that came from files, and whether they count').action(runImported);
  withOffice(decisions.command('compare'))
    .description('what another tool finds in a component beside what is open here; nothing is kept')
    .argument('<file>', 'findings exported by Dependency-Track, or CycloneDX with vulnerabilities')
    .requiredOption('--component <component>', 'ref or name')
    .option('--as <format>', reportingFormats.join(', '))
    .action(runCompare);
}

async function runImport(file: string, options: FileOptions): Promise<void> {
  const bytes = await bytesOfFile(file);
  await inOffice(options, async ({ context }) => {
    const estate = await loadEstate(context.store);
    const done = await importDecisions(context, openLiveDesk(), estate, {
      bytes,
      file: path.basename(file),
      formatId: options.as ?? null,
      columns: options.columns ?? null,
      component: options.component ?? null,
      actor: officeActor,
      visibility: seesAll,
      estateVisibility: seesAll,
    });
    if ('refusal' in done) throw new ConfigurationError(done.reason);
    if (options.json === true) printJson(done);
    else {
      print(`${file}: ${done.format}, ${String(done.imported)} decisions imported, unconfirmed; ${String(done.matched)} mean an open finding now`);
      print(`known before ${String(done.known)}, said to be fixed ${String(done.fixed)}, expired ${String(done.expired)}`);
      sayProblems(done.problems, file);
    }
    process.exitCode = done.problems.length === 0 ? 0 : 1;
  });
}

async function runImported(options: OfficeOptions): Promise<void> {
  await inOffice(options, async ({ context: { store, clock } }) => {
    const rows = importedDecisions(await loadEstate(store), await openLiveDesk().catchUp(store), seesAll, clock());
    if (options.json === true) printJson(rows);
    else {
      printTable([
        ['id', 'state', 'verdict', 'advisory', 'component', 'package', 'until', 'from'],
        ...rows.map((row) => [
          row.id,
          row.state,
          row.verdict,
          row.advisory,
          row.component ?? 'any',
          row.package ?? 'any',
          row.until?.slice(0, 10) ?? '-',
          `${row.file ?? row.source}${row.line === null ? '' : `:${String(row.line)}`}`,
        ]),
      ]);
      print(`${String(rows.filter(({ state }) => state === 'unconfirmed').length)} of ${String(rows.length)} are unconfirmed and do not count`);
    }
  });
}

async function runCompare(file: string, options: FileOptions & { readonly component: string }): Promise<void> {
  const bytes = await bytesOfFile(file);
  await inOffice(options, async ({ context }) => {
    const estate = await loadEstate(context.store);
    const component = componentNamed(estate, seesAll, options.component);
    const compared = await compareFile(context, estate, seesAll, { component, file: path.basename(file), bytes, formatId: options.as ?? null });
    if (compared === null)
      throw new ConfigurationError(`${file} is no file of findings. Formats that say what a tool found: ${reportingFormats.join(', ')}.`);
    const count = (seenBy: string) => compared.rows.filter((row) => row.seenBy === seenBy).length;
    const totals = { both: count('both'), onlyThem: count('only-them'), onlyUs: count('only-us') };
    if (options.json === true) printJson({ component: estate.components[component]?.ref, ...totals, ...compared });
    else {
      printTable([
        ['seen by', 'advisory', 'package', 'versions', 'why', 'finding'],
        ...compared.rows.map((row) => [row.seenBy, row.ids[0] ?? '', row.package, row.versions.join(' '), row.because ?? '-', row.finding ?? '-']),
      ]);
      print(`both ${String(totals.both)}, only them ${String(totals.onlyThem)}, only us ${String(totals.onlyUs)}`);
      sayProblems(compared.problems, file);
    }
    process.exitCode = compared.problems.length === 0 ? 0 : 1;
  });
}
