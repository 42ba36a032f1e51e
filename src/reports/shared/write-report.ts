import { csvLine } from '#language/csv.ts';
import { escaped } from '#language/escaped.ts';
import type { ReportDocument, ReportFormat, ReportSection } from './report.ts';

/** A report as text: Markdown, a page of HTML that fetches nothing, CSV with one row a line of each table, or JSON. */
export function writeReport(report: ReportDocument, format: ReportFormat): string {
  switch (format) {
    case 'md':
      return inMarkdown(report);
    case 'html':
      return inHtml(report);
    case 'csv':
      return inCsv(report);
    case 'json':
      return `${JSON.stringify({ ...report, at: new Date(report.at).toISOString() }, null, 2)}\n`;
    default:
      return format satisfies never;
  }
}

function inMarkdown({ title, office, at, sections }: ReportDocument): string {
  const lines = [`# ${md(title)}`, '', `${md(office)}, ${new Date(at).toISOString()}`, ''];
  for (const section of sections) {
    lines.push(`## ${md(section.title)}`, '', ...section.text.flatMap((text) => [md(text), '']));
    const { table } = section;
    if (table === null) continue;
    if (table.rows.length === 0) lines.push(md(table.empty), '');
    else lines.push(row(table.head), `| ${table.head.map(() => '---').join(' | ')} |`, ...table.rows.map(row), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(md).join(' | ')} |`;
}

function inHtml({ title, office, at, sections }: ReportDocument): string {
  const parts = sections.map(({ title: head, text, table }) =>
    [`<h2>${html(head)}</h2>`, ...text.map((each) => `<p>${html(each)}</p>`), ...(table === null ? [] : [tableInHtml(table)])].join('\n'),
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${html(title)}</title>
<style>body{font:14px/1.5 sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:4px 8px;text-align:left;vertical-align:top}</style>
<h1>${html(title)}</h1>
<p>${html(office)}, ${new Date(at).toISOString()}</p>
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

function html(text: string): string {
  return escaped(text.replaceAll(/\s+/g, ' ')).replaceAll(/[&<>"']/g, (char) => `&#${String(char.charCodeAt(0))};`);
}
