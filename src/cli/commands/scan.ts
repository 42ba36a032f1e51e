import type { Command } from 'commander';
import { componentReports, type ComponentReport } from '#operations/component-report.ts';
import { scanTargets, type TargetScanned } from '#operations/scan-targets.ts';
import { readPending } from '#operations/read-pending.ts';
import type { Problem } from '#model/problem.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { clearProgress, print, printJson, progress, say } from '../terminal.ts';

/** `scan`: collects, reads and judges what the arguments name. */
export function addScan(program: Command): void {
  withOffice(program.command('scan'))
    .description('read repositories, folders, lockfiles and SBOMs into the estate')
    .argument('<target...>', 'folder, checkout, bare repository, git URL, lockfile or SBOM')
    .option('--revision <rev>', 'git revision to read instead of HEAD')
    .action(async (targets: string[], options: OfficeOptions & { readonly revision?: string }) => {
      await inOffice(options, async (office, configuration) => {
        const { store } = office.context;
        await readPending(office.context);
        const components: ComponentReport[] = [];
        const wanted = targets.map((at) => (options.revision === undefined ? { at } : { at, revision: options.revision }));
        const results = await scanTargets(office.context, wanted, remoteAccessOf(configuration, office.place), {
          source: (name, at, of) => progress(`reading ${name} (${String(at)} of ${String(of)})`),
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

/** A component's line says that its receipt and bytes are durable. */
function printSource(result: TargetScanned, components: readonly ComponentReport[]): void {
  if (result.problem !== null) say(`${result.target}: ${result.problem.message}`);
  for (const problem of result.scanned?.receipt.problems ?? []) say(problemLine(result.source, problem));
  for (const each of components) {
    const stale = each.staleSince === null ? '' : `, stale since ${each.staleSince}`;
    print(`${each.ref}  ${String(each.packages)} packages, ${String(each.problems.length)} problems, ${String(each.findings)} findings${stale}`);
    for (const problem of each.problems) say(problemLine(each.ref, problem));
  }
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

function sourceReport({ source, ms, scanned, problem }: TargetScanned): object {
  return {
    source,
    origin: scanned?.receipt.origin ?? null,
    revision: scanned?.receipt.revision ?? null,
    outcome: scanned?.receipt.outcome ?? 'failed',
    unchanged: scanned?.unchanged ?? false,
    filesRead: scanned?.filesRead ?? 0,
    filesKept: scanned?.filesKept ?? 0,
    ms: Math.round(ms),
    problems: [...(problem === null ? [] : [problem]), ...(scanned?.receipt.problems ?? [])],
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
