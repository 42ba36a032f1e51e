import type { LicenceException } from '#desk/licences/exceptions.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { may } from '../principal.ts';

/** Exceptions from the IP policy that stand: those of what the asker may see, and those that are about no component or team. */
export const licenceExceptions: Handler<'licenceExceptions'> = ({ office, estate, visibility, principal, query }) => {
  const { licenceExceptions: all, people } = office.desk.desk;
  const now = office.clock();
  const isSeen = ({ predicate: { component, team } }: LicenceException): boolean => {
    const holder = component === undefined ? undefined : estate.components[estate.componentByRef.get(component) ?? -1];
    if (component !== undefined) return holder !== undefined && isVisible(holder, visibility);
    return team === undefined || isVisible({ team }, visibility);
  };
  const maySeeNames = may(principal, 'people:read');
  const hasWords = wordsFilter(query.q);
  const rows = [...all.values()].filter(
    (each) =>
      each.until > now &&
      isSeen(each) &&
      (query.kind === undefined || kindOf(each) === query.kind) &&
      hasWords(Object.values(each.predicate).join(' ')),
  );
  return listing({
    rows,
    keyOf: (each: LicenceException) => [query.sort.endsWith('at') ? each.at : each.until, each.id],
    view: (each): ItemOf<'licenceExceptions'> => ({
      id: each.id,
      kind: kindOf(each),
      component: each.predicate.component ?? null,
      artifact: each.predicate.artifact ?? null,
      team: each.predicate.team ?? null,
      package: each.predicate.package ?? null,
      range: each.predicate.range ?? null,
      licence: each.predicate.licence ?? null,
      delivery: each.predicate.delivery ?? null,
      verdict: each.verdict,
      until: new Date(each.until).toISOString(),
      at: new Date(each.at).toISOString(),
      by: { id: each.by, name: maySeeNames ? (people.get(each.by)?.words?.name ?? null) : null },
      council: each.council,
    }),
    columns,
  });
};

function kindOf({ council, passesGate }: LicenceException): 'counsel' | 'council' | 'break-glass' {
  return passesGate === true ? 'break-glass' : council === null ? 'counsel' : 'council';
}

const columns: readonly CsvColumn<ItemOf<'licenceExceptions'>>[] = [
  ['id', (each) => each.id],
  ['kind', (each) => each.kind],
  ['component', (each) => each.component],
  ['team', (each) => each.team],
  ['package', (each) => each.package],
  ['range', (each) => each.range],
  ['licence', (each) => each.licence],
  ['verdict', (each) => each.verdict],
  ['until', (each) => each.until],
];
