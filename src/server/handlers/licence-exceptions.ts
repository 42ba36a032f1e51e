import type { LicenceException } from '#desk/licences/exceptions.ts';
import { exceptedUses, type ExceptedUses } from '#operations/licences/excepted-uses.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { may } from '../principal.ts';
import { isExceptionSeen } from '../views/seen-exception.ts';

/** Exceptions from the IP policy that stand, or have ended: those of what the asker may see, and those that are about no component or team. */
export const licenceExceptions: Handler<'licenceExceptions'> = ({ office, estate, visibility, principal, query }) => {
  const desk = office.desk.desk;
  const { licenceExceptions: all, people } = desk;
  const now = office.clock();
  const judge = licenceJudge(estate, desk, now);
  const componentNameOf = (ref: string | undefined): string | null =>
    ref === undefined ? null : (estate.components[estate.componentByRef.get(ref) ?? -1]?.name ?? null);
  const maySeeNames = may(principal, 'people:read');
  const hasWords = wordsFilter(query.q);
  const rows = [...all.values()].filter(
    (each) =>
      each.until > now === (query.state === 'standing') &&
      isExceptionSeen(estate, visibility, each) &&
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
      importedFrom: desk.approvals.get(each.id)?.origin.source ?? null,
      componentName: componentNameOf(each.predicate.component),
      changes: each.until > now ? changesOf(exceptedUses(estate, visibility, judge, each), each.id) : null,
    }),
    columns,
  });
};

function changesOf({ versions, components, verdicts }: ExceptedUses, id: string): ItemOf<'licenceExceptions'>['changes'] {
  return { versions: versions.length, components, verdicts, rowsQuery: `/licences?of=versions&exception=${encodeURIComponent(id)}` };
}

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
  ['by', (each) => each.by.id],
  ['case', (each) => each.council],
  ['importedFrom', (each) => each.importedFrom],
  ['versions', (each) => each.changes?.versions ?? null],
];
