import type { Command } from 'commander';
import { readFiles, type FileReport } from '#operations/read-files.ts';
import { print, printJson, say } from '../terminal.ts';

/** `read`: what files say, without a store. */
export function addRead(program: Command): void {
  program
    .command('read')
    .description('what lockfiles, manifests and SBOMs say, without a store; of a folder or repository, all that a scan would read')
    .argument('<file or folder...>')
    .option('--as <format>', 'read as this format, whatever the name (guildhall formats lists them)')
    .option('--json', 'one JSON line per file')
    .action(async (files: string[], options: { readonly as?: string; readonly json?: boolean }) => {
      let failed = false;
      for await (const report of readFiles(files, options.as ?? null)) {
        if (options.json === true) printJson(report);
        else printReport(report);
        failed ||= report.problems.some((problem) => problem.severity === 'error');
      }
      process.exitCode = failed ? 1 : 0;
    });
}

function printReport(report: FileReport): void {
  print(
    `${report.file}: ${report.format ?? 'no format knows this file'}, ${String(report.packages.length)} packages, ${String(report.edges.length)} edges`,
  );
  for (const each of report.packages) {
    const direct = each.direct === null ? '' : each.direct ? ' direct' : ' transitive';
    const [place] = each.found ?? [];
    const at = place === undefined ? '' : ` at ${place.path}${place.layer === null ? '' : ` in ${place.layer.slice(0, 19)}`}`;
    print(`  ${each.ecosystem ?? '-'} ${each.name} ${each.version ?? `unresolved ${each.range ?? ''}`} ${each.scope}${direct}${at}`);
  }
  for (const problem of report.problems)
    say(`${problem.path ?? report.file}${problem.line === undefined ? '' : `:${String(problem.line)}`}: ${problem.message} [${problem.code}]`);
}
