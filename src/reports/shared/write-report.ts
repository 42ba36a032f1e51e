import { csvLine } from '#language/csv.ts';
import { escaped, escapedProse } from '#language/escaped.ts';
import type { ReportDocument, ReportFormat, ReportSection } from './report.ts';

/** A report as text: Markdown, a page of HTML that fetches nothing, plain text, CSV with one row a line of each table, or JSON. */
export function writeReport(report: ReportDocument, format: ReportFormat): string {
  switch (format) {
    case 'md':
      return inMarkdown(report);
    case 'html':
      return inHtml(report);
    case 'txt':
      return inText(report);
    case 'csv':
      return inCsv(report);
    case 'json':
      return `${JSON.stringify({ ...report, at: momentOf(report) }, null, 2)}\n`;
    default:
      return format satisfies never;
  }
}

function momentOf({ at }: ReportDocument): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function inMarkdown(report: ReportDocument): string {
  const { title, office, sections } = report;
  const lines = [`# ${md(title)}`, '', md([office, momentOf(report)].filter((each) => each !== null).join(', ')), ''];
  for (const section of sections) {
    lines.push(`## ${md(section.title)}`, '', ...section.text.flatMap((text) => [md(text), '']));
    const { table, verbatim } = section;
    // Four spaces make it code, whatever signs it holds; a fence could be ended from within.
    if (verbatim !== undefined) lines.push(...linesOf(verbatim).map((line) => (line === '' ? '' : `    ${line}`)), '');
    if (table === null) continue;
    if (table.rows.length === 0) lines.push(md(table.empty), '');
    else lines.push(row(table.head), `| ${table.head.map(() => '---').join(' | ')} |`, ...table.rows.map(row), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(md).join(' | ')} |`;
}

/** Trailing space would say nothing and change the bytes. */
function linesOf(verbatim: string): readonly string[] {
  return escapedProse(verbatim.replaceAll(/\r\n?/g, '\n'))
    .split('\n')
    .map((line) => line.trimEnd());
}

function inText(report: ReportDocument): string {
  const { title, office, sections } = report;
  const lines = [...underlined(plain(title), '='), plain([office, momentOf(report)].filter((each) => each !== null).join(', ')), ''];
  for (const { title: head, text, verbatim, table } of sections) {
    lines.push(...underlined(plain(head), '-'), ...text.flatMap((each) => [plain(each), '']));
    if (verbatim !== undefined) lines.push(...linesOf(verbatim), '');
    if (table === null) continue;
    if (table.rows.length === 0) lines.push(plain(table.empty), '');
    else for (const cells of table.rows) lines.push(...cells.map((cell, at) => `${plain(table.head[at] ?? '')}: ${plain(cell)}`), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function underlined(text: string, sign: string): readonly string[] {
  return [text, sign.repeat(Math.min(text.length, 100)), ''];
}

function inHtml(report: ReportDocument): string {
  const { title, office, sections } = report;
  const parts = sections.map(({ title: head, text, verbatim, table }) =>
    [
      `<h2>${html(head)}</h2>`,
      ...text.map((each) => `<p>${html(each)}</p>`),
      ...(verbatim === undefined ? [] : [`<pre>${markup(linesOf(verbatim).join('\n'))}</pre>`]),
      ...(table === null ? [] : [tableInHtml(table)]),
    ].join('\n'),
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${html(title)}</title>
<style>body{font:14px/1.5 sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:4px 8px;text-align:left;vertical-align:top}pre{white-space:pre-wrap}</style>
<h1>${html(title)}</h1>
<p>${html([office, momentOf(report)].filter((each) => each !== null).join(', '))}</p>
${parts.join('\n')}
</html>
`;
}

function tableInHtml({ head, rows, empty }: NonNullable<ReportSection['table']>): string {
  if (rows.length === 0) return `<p>${html(empty)}</p>`;
  const line = (cells: readonly string[], tag: 'th' | 'td'): string => `<tr>${cells.map((cell) => `<${tag}>${html(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map((cells) => line(cells, 'td')).join('')}</table>`;
}

function inCsv({ sections }: ReportDocument): string {
  return sections
    .flatMap(({ title, table }) =>
      table === null ? [] : [csvLine(['section', ...table.head]), ...table.rows.map((cells) => csvLine([title, ...cells]))],
    )
    .join('');
}

/** Text of others as text, whatever signs of Markdown or HTML it holds. */
function md(text: string): string {
  return escaped(text.replaceAll(/\s+/g, ' ')).replaceAll(/[\\`*_[\]<>|#&!~]/g, '\\$&');
}

function plain(text: string): string {
  return escaped(text.replaceAll(/\s+/g, ' '));
}

function html(text: string): string {
  return markup(plain(text));
}

function markup(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => `&#${String(char.charCodeAt(0))};`);
}
