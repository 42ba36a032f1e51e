import { askedInWords, sentencesOf, type CheckReport } from '#operations/check/checked-as.ts';
import { print, say } from './terminal.ts';

/** Prints a check for a person: what is not simply allowed, then the counts, then whom to ask. */
export function printChecked(report: CheckReport): void {
  for (const { path, message, code } of report.problems) say(`${path ?? ''}: ${message} [${code}] Not judged.`);
  if (!report.judged) return;
  for (const each of report.packages.filter(({ verdict }) => verdict !== 'allowed')) {
    print(`${each.verdict}${each.gate === 'block' ? ' (blocks)' : ''}  ${each.purl}  ${each.licence ?? 'licence unknown'}`);
    for (const line of [each.because, ...sentencesOf(each)]) print(`  ${line}`);
  }
  const counts = Object.entries(report.counts).filter(([, count]) => count > 0);
  const since = report.base === null ? '' : ` new since ${report.base}`;
  print(
    `${String(report.packages.length)} package versions${since}: ${counts.length === 0 ? 'nothing to judge' : counts.map(([verdict, count]) => `${String(count)} ${verdict}`).join(', ')}`,
  );
  print(`Policy verdict under ${report.policy ?? ''}${report.isBuiltIn ? ', built in and not approved by counsel' : ''}; not legal advice.`);
  const asked = askedInWords(report.ask);
  if (report.verdict !== 'allowed') print(asked.length === 0 ? 'Whom to ask: the open source office.' : `Whom to ask: ${asked.join(', ')}.`);
}
