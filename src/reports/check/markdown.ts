import { askedInWords, sentences } from './sentences.ts';
import type { CheckReport } from './check-report.ts';

const shownAtMost = 50;

/** A check as Markdown for a comment or a job's summary. Nothing in it from outside is a link, a mention or markup. */
export function checkAsMarkdown(report: CheckReport): string {
  const { policy, base, packages, problems, ask, isBuiltIn } = report;
  if (!report.judged)
    return '**The open source office cannot be reached: nothing was judged.** The build passes; it is judged when the office reads the repository.\n';
  const told = packages.filter((each) => each.verdict !== 'allowed');
  const what = base === null ? 'package versions' : `package versions new since ${plain(base)}`;
  const lines = [
    `**${String(packages.length)} ${what}, ${String(told.length)} not simply allowed.** Policy verdict under ${plain(policy ?? '')}${isBuiltIn ? ' (built in, not approved by counsel)' : ''}; not legal advice.`,
    '',
  ];
  if (told.length > 0) lines.push('| verdict | package | licence | why |', '|---|---|---|---|');
  for (const each of told.slice(0, shownAtMost)) {
    const why = [each.because, ...sentences(each)].join(' ');
    lines.push(
      `| ${each.verdict}${each.gate === 'block' ? ' (blocks)' : ''} | ${plain(each.purl)} | ${plain(each.licence ?? 'unknown')} | ${plain(why)} |`,
    );
  }
  if (told.length > shownAtMost) lines.push('', `… and ${String(told.length - shownAtMost)} more.`);
  if (problems.length > 0)
    lines.push(
      '',
      '**Not read, so not judged:**',
      ...problems.slice(0, shownAtMost).map((each) => `* ${plain(`${each.path ?? ''} ${each.message}`)}`),
    );
  const asked = askedInWords(ask);
  if (told.length > 0 && asked.length > 0) lines.push('', `Whom to ask: ${asked.map(plain).join(', ')}.`);
  return `${lines.join('\n')}\n`;
}

/** As code, which Markdown leaves alone; what would end the cell or the code is replaced. */
function plain(text: string): string {
  return `\`${text.replace(/[`|\p{Cc}\p{Cf}]/gu, (letter) => (letter === '|' ? '¦' : letter === '`' ? "'" : ' '))}\``;
}
