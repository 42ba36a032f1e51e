import fs from 'node:fs';
import path from 'node:path';
import { explanations } from './explained.ts';
import type { SuiteResult } from './suite.ts';
import { suites } from './suites/all.ts';

/** Below this share of cases without a fault of ours, the run fails. */
const goal = 0.99;

const dir = process.env['GUILDHALL_CONFORMANCE'] ?? path.resolve(import.meta.dirname, '../../../shared/data');

if (fs.existsSync(dir)) {
  const results = suites.flatMap((suite) => suite.run(dir));
  process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify(results)}\n` : tableOf(results));
  for (const result of results.filter(isFailed)) {
    process.stderr.write(
      `${result.suite} ${result.format}: under ${String(goal * 100)} %, ${String(unexplained(result).length)} misses without explanation.\n`,
    );
    process.exitCode = 1;
  }
} else {
  process.stderr.write(`conformance: not run, no data at ${dir}\n`);
}

function isFailed(result: SuiteResult): boolean {
  return result.cases > 0 && 1 - unexplained(result).length / result.cases < goal;
}

/** The misses that no explanation covers. */
function unexplained({ suite, format, missed }: SuiteResult): readonly string[] {
  const ours = explanations.filter((each) => each.suite === suite && each.format === format);
  return missed.filter((line) => !ours.some((each) => each.missed.test(line)));
}

function tableOf(results: readonly SuiteResult[]): string {
  const rows = results.map((result) => {
    const open = unexplained(result);
    const share = result.cases === 0 ? '' : `${((100 * result.ok) / result.cases).toFixed(2)} %`;
    const misses =
      result.missed.length === 0 ? '' : `${String(result.missed.length)} missed, ${String(result.missed.length - open.length)} explained`;
    const head = `${result.suite.padEnd(20)} ${result.format.padEnd(20)} ${`${String(result.ok)}/${String(result.cases)}`.padStart(13)} ${share.padStart(9)}  ${misses}`;
    return [head.trimEnd(), ...open.map((line) => `    ${line}`)].join('\n');
  });
  return `${rows.join('\n')}\n`;
}
