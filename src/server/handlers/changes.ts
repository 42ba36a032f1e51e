import { changesBetween, type Change } from '#estate/questions/changes.ts';
import { changeCounts, changeView } from '#operations/change-view.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

const dayMs = 86_400_000;

/** What appeared and went between two days. */
export const changes: Handler<'changes'> = async ({ office, estate, visibility, query }) => {
  const today = Math.floor(office.clock() / dayMs);
  const estateOn = (day: string | undefined) => {
    const wanted = day === undefined ? today : Date.parse(day) / dayMs;
    return wanted >= today ? estate : office.estate.asOf(wanted);
  };
  if (query.to !== undefined && query.to < query.from) throw new Refusal(400, 'The day `to` lies before the day `from`.');
  const all = changesBetween(await estateOn(query.from), await estateOn(query.to), visibility);
  const hasWords = wordsFilter(query.q);
  const rows = all.filter(
    (each) => (query.kind === undefined || each.kind === query.kind) && (query.what === undefined || each.what === query.what) && hasWords(each.name),
  );
  const isByName = query.sort.endsWith('name');
  return listing({
    rows,
    keyOf: (each: Change) => {
      const view = changeView(each);
      const rest = [view.component?.ref ?? '', view.purl ?? '', view.range ?? '', view.ids?.[0] ?? '', view.what];
      return isByName ? [view.name, view.kind, ...rest] : [view.kind, view.name, ...rest];
    },
    view: (each) => {
      const view = changeView(each);
      return { ...view, ids: view.ids === null ? null : [...view.ids] };
    },
    columns,
    extra: () => ({ counts: changeCounts(all) }),
  });
};

const columns: readonly CsvColumn<ItemOf<'changes'>>[] = [
  ['what', (each) => each.what],
  ['kind', (each) => each.kind],
  ['name', (each) => each.name],
  ['component', (each) => each.component?.ref ?? null],
  ['team', (each) => each.team],
  ['purl', (each) => each.purl],
  ['range', (each) => each.range],
  ['ids', (each) => each.ids?.join(' ') ?? null],
  ['severity', (each) => each.severity],
];
