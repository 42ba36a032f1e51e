import { componentByRef } from '#estate/questions/listed.ts';
import { compareFile, reportingFormats } from '#operations/compare-file.ts';
import { importDecisions as importOf } from '#operations/import-decisions.ts';
import { importedDecisions as listOf, type ImportedView } from '#operations/imported-decisions.ts';
import { problemView } from '#operations/receipt-view.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';
import { wholeBody } from '../whole-body.ts';
import { importWanted, longestImport, unlessRefused } from './import-wanted.ts';

/** Takes over the decisions of a file, unconfirmed. */
export const importDecisions: Handler<'importDecisions'> = async (asked) => {
  const { office, estate } = asked;
  const wanted = await importWanted(asked, 'A file with decisions');
  const done = unlessRefused(await importOf(office.context, office.desk, estate, wanted));
  return { ...done, problems: done.problems.map(problemView) };
};

/** Decisions that came from files. */
export const importedDecisions: Handler<'importedDecisions'> = ({ office, estate, visibility, query }) => {
  const hasWords = wordsFilter(query.q);
  const rows = listOf(estate, office.desk.desk, visibility, office.clock()).filter(
    (row) =>
      (query.state === undefined || row.state === query.state) &&
      (query.source === undefined || row.source === query.source) &&
      (query.component === undefined || row.component === query.component) &&
      hasWords([row.advisory, ...row.aliases, row.component, row.package, row.file].join(' ')),
  );
  const rankOf = (row: ImportedView) => (query.sort.endsWith('advisory') ? row.advisory : query.sort.endsWith('until') ? (row.until ?? '9') : row.at);
  return listing({
    rows,
    keyOf: (row: ImportedView) => [rankOf(row), row.id],
    view: (row) => ({ ...row, aliases: [...row.aliases], responses: [...row.responses] }),
    columns,
  });
};

/** What another tool finds in a component beside what is open here. */
export const componentComparison: Handler<'componentComparison'> = async ({ office, estate, visibility, params, query, request }) => {
  const component = componentByRef(estate, visibility, params.ref);
  if (component === null) throw new Refusal(404, 'There is no component with this ref.');
  const bytes = await wholeBody(request, Math.min(longestImport, office.uploadBytes), 'A file of findings');
  const compared = await compareFile(office.context, estate, visibility, { component, file: 'upload', bytes, formatId: query.as ?? null });
  if (compared === null) throw new Refusal(409, `This is no file of findings. Formats that say what a tool found: ${reportingFormats.join(', ')}.`);
  const count = (seenBy: string) => compared.rows.filter((row) => row.seenBy === seenBy).length;
  return {
    component: estate.components[component]?.ref ?? '',
    both: count('both'),
    onlyThem: count('only-them'),
    onlyUs: count('only-us'),
    rows: compared.rows,
    problems: compared.problems.map(problemView),
  };
};

const columns: readonly CsvColumn<ItemOf<'importedDecisions'>>[] = [
  ['id', (each) => each.id],
  ['verdict', (each) => each.verdict],
  ['state', (each) => each.state],
  ['advisory', (each) => each.advisory],
  ['aliases', (each) => each.aliases.join(' ')],
  ['component', (each) => each.component],
  ['package', (each) => each.package],
  ['range', (each) => each.range],
  ['justification', (each) => each.justification],
  ['responses', (each) => each.responses.join(' ')],
  ['reason', (each) => each.reason],
  ['source', (each) => each.source],
  ['file', (each) => each.file],
  ['line', (each) => each.line],
  ['by', (each) => each.by],
  ['at', (each) => each.at],
  ['until', (each) => each.until],
  ['findings', (each) => each.findings],
];
