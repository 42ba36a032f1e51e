import type { Command } from 'commander';
import { componentReports, type ComponentReport } from '#operations/component-report.ts';
import { scanTargets, type TargetScanned } from '#operations/scan-targets.ts';
import type { HistoryScanned, HistoryWanted } from '#operations/scan-history.ts';
import { readPending } from '#operations/read-pending.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { startOfDay } from '#operations/estate-for.ts';
import type { Problem } from '#model/problem.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { clearProgress, print, printJson, progress, say } from '../terminal.ts';

/** `scan`: collects, reads and judges what the arguments name. */
export function addScan(program: Command): void {
  withOffice(program.command('scan'))
    .description('read repositories, folders, lockfiles, SBOMs and images into the estate')
    .argument('<target...>', 'folder, checkout, bare repository, git URL, lockfile, SBOM, docker save archive, OCI layout or root file system')
    .option('--revision <rev>', 'git revision to read instead of HEAD')
    .option('--platform <platform>', 'platform of images to read: linux/arm64')
    .option('--history', 'read the past of repositories first, along the first-parent line')
    .option('--since <date>', 'with --history: back to what held on this day, e.g. 2021-12-01')
    .option('--history-minutes <n>', 'with --history: at most so long a repository; the next run goes on', '30')
    .action(async (targets: string[], options: OfficeOptions & ScanOptions) => {
      const history = historyOf(options);
      await inOffice(options, async (office, configuration) => {
        const { store } = office.context;
        await readPending(office.context);
        const components: ComponentReport[] = [];
        const wanted = targets.map((at) => ({
          at,
          ...(options.revision === undefined ? {} : { revision: options.revision }),
          ...(options.platform === undefined ? {} : { platform: options.platform }),
          ...(history === null ? {} : { history }),
        }));
        const results = await scanTargets(office.context, wanted, remoteAccessOf(configuration, office.place), {
          source: (name, at, of) => progress(`reading ${name} (${String(at)} of ${String(of)})`),
          history: ({ done, of, at }) => progress(`read ${String(done)} of ${String(of)} past revisions, back to ${dayOf(at)}`),
          component: (done) => progress(`folded ${done.name}: ${String(done.packages)} packages`),
          async done(result) {
            clearProgress();
            const reports = result.scanned === null ? [] : await componentReports(store, [result.scanned.receipt.origin]);
            components.push(...reports);
            if (options.json !== true) printSource(result, reports);
          },
        });
        if (options.json === true) printJson({ components, sources: results.map(sourceReport), totals: totalsOf(components) });
        else printTotals(components);
        process.exitCode = problemsOf(results, components).length === 0 ? 0 : 1;
      });
    });
}

type ScanOptions = {
  readonly revision?: string;
  readonly platform?: string;
  readonly history?: boolean;
  readonly since?: string;
  readonly historyMinutes: string;
};

/** Null when no past is asked for. Throws a `ConfigurationError` on a date or number that is none. */
function historyOf({ history, since, historyMinutes }: ScanOptions): HistoryWanted | null {
  if (history !== true) {
    if (since !== undefined) throw new ConfigurationError('--since says how far back --history goes: give both.');
    return null;
  }
  const minutes = Number(historyMinutes);
  if (!(minutes > 0)) throw new ConfigurationError(`--history-minutes ${historyMinutes} is not a number of minutes.`);
  return { since: since === undefined ? null : startOfDay(since), budgetMs: minutes * 60_000 };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A component's line says that its receipt and bytes are durable. */
function printSource(result: TargetScanned, components: readonly ComponentReport[]): void {
  if (result.problem !== null) say(`${result.target}: ${result.problem.message}`);
  if (result.history !== null) printHistory(result.source, result.history);
  for (const problem of result.scanned?.receipt.problems ?? []) say(problemLine(result.source, problem));
  for (const each of components) {
    const stale = each.staleSince === null ? '' : `, stale since ${each.staleSince}`;
    print(`${each.ref}  ${String(each.packages)} packages, ${String(each.problems.length)} problems, ${String(each.findings)} findings${stale}`);
    for (const problem of each.problems) say(problemLine(each.ref, problem));
  }
}

function printHistory(source: string, { revisions, filesRead, knownFrom, problems }: HistoryScanned): void {
  const from = knownFrom === null ? 'unknown' : `known from ${dayOf(knownFrom)}`;
  print(`${source}: history ${from}, ${String(revisions)} revisions and ${String(filesRead)} files read`);
  for (const problem of problems) say(problemLine(source, problem));
}

function printTotals(components: readonly ComponentReport[]): void {
  const totals = totalsOf(components);
  print(
    `${String(totals.components)} components, ${String(totals.packages)} packages, ${String(totals.problems)} problems, ${String(totals.findings)} findings`,
  );
}

function problemLine(name: string, problem: Problem): string {
  const place = problem.path === undefined ? '' : ` ${problem.path}${problem.line === undefined ? '' : `:${String(problem.line)}`}`;
  return `${name}:${place} ${problem.message} [${problem.code}]`;
}

function sourceReport({ source, ms, scanned, history, problem }: TargetScanned): object {
  return {
    source,
    origin: scanned?.receipt.origin ?? null,
    revision: scanned?.receipt.revision ?? null,
    outcome: scanned?.receipt.outcome ?? 'failed',
    unchanged: scanned?.unchanged ?? false,
    filesRead: scanned?.filesRead ?? 0,
    filesKept: scanned?.filesKept ?? 0,
    ms: Math.round(ms),
    ...(history === null ? {} : { history: { ...history, knownFrom: history.knownFrom === null ? null : dayOf(history.knownFrom) } }),
    problems: [...(problem === null ? [] : [problem]), ...(history?.problems ?? []), ...(scanned?.receipt.problems ?? [])],
  };
}

function totalsOf(components: readonly ComponentReport[]): {
  readonly components: number;
  readonly packages: number;
  readonly problems: number;
  readonly findings: number;
} {
  const sum = (of: (each: ComponentReport) => number): number => components.reduce((total, each) => total + of(each), 0);
  return {
    components: components.length,
    packages: sum((each) => each.packages),
    problems: sum((each) => each.problems.length),
    findings: sum((each) => each.findings),
  };
}

/** What makes the exit code 1: something that could not be read. A doubtful but read file does not. */
function problemsOf(results: readonly TargetScanned[], components: readonly ComponentReport[]): readonly Problem[] {
  const all = [
    ...results.flatMap((each) => [...(each.problem === null ? [] : [each.problem]), ...(each.scanned?.receipt.problems ?? [])]),
    ...components.flatMap((each) => each.problems),
  ];
  return all.filter((problem) => problem.severity === 'error');
}
