import type { SbomDiff } from '#model/sbom-diff.ts';

const rowsShown = 200;

/** The difference between two SBOMs as Markdown for a comment. Nothing in it from outside is a link, a mention or markup. */
export function diffAsMarkdown({ document, components, edges, same }: SbomDiff, names: { readonly before: string; readonly after: string }): string {
  const of = (kind: string): string => String(components.filter((each) => each.kind === kind).length);
  const lines = [
    `**${of('added')} added, ${of('removed')} removed, ${of('changed')} changed**, ${String(same)} the same, from ${plain(names.before)} to ${plain(names.after)}.`,
    '',
  ];
  const rows = [
    ...document.map(({ field, before, after }) => ['document', field, field, before, after]),
    ...components.flatMap(({ kind, name, version, fields }) =>
      kind === 'changed'
        ? fields.map(({ field, before, after }) => [kind, name, field, before, after])
        : [[kind, name, 'version', version.before, version.after]],
    ),
    ...edges.map(({ kind, from, to }) => [`edge ${kind}`, from, 'uses', kind === 'removed' ? to : null, kind === 'added' ? to : null]),
  ];
  if (rows.length > 0) lines.push('| what | of | field | before | after |', '|---|---|---|---|---|');
  for (const [what = null, of = null, field = null, before = null, after = null] of rows.slice(0, rowsShown))
    lines.push(`| ${what ?? ''} | ${plain(of ?? '')} | ${field ?? ''} | ${cell(before)} | ${cell(after)} |`);
  if (rows.length > rowsShown) lines.push('', `… and ${String(rows.length - rowsShown)} more.`);
  return `${lines.join('\n')}\n`;
}

function cell(text: string | null): string {
  return text === null ? '–' : plain(text);
}

/** As code, which Markdown leaves alone; what would end the cell or the code is replaced. */
function plain(text: string): string {
  return `\`${text.replace(/[`|\p{Cc}\p{Cf}]/gu, (letter) => (letter === '|' ? '¦' : letter === '`' ? "'" : ' '))}\``;
}
