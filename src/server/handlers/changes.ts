import type { Change, Unobserved } from '#estate/questions/change.ts';
import { changeCounts, changeView, type ChangeCounts } from '#operations/change-view.ts';
import type { Asked, Handler, ItemOf, ReplyOf } from '../asked.ts';
import { afterAll, teamFilter, wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

type Row = Change | Unobserved;

const dayMs = 86_400_000;
const shownComponents = 50;

/** What differs between two days: components, packages and their versions, findings with the cause. */
export const changes: Handler<'changes'> = async (asked) => {
  const { office, visibility, query, estate } = asked;
  // A day that is asked about elsewhere is the later one, unless another is named.
  const to = query.to ?? query.asOf;
  if (to !== undefined && to < query.from) throw new Refusal(400, 'The day `to` lies before the day `from`.');
  const [from, until] = [Date.parse(query.from) / dayMs, to === undefined ? Infinity : Date.parse(to) / dayMs];
  const whole = await office.estate.compared(from, until >= Math.floor(office.clock() / dayMs) ? null : until, visibility);
  const component = query.component === undefined ? null : (estate.components[estate.componentByRef.get(query.component) ?? -1]?.ref ?? '');
  const hasTeam = teamFilter(query);
  const isMeant = (row: { readonly ref: string; readonly team: string | null }): boolean =>
    hasTeam(row.team) && (component === null || row.ref === component);
  const inScope = whole.changes.filter(isMeant);
  const unobserved = whole.unobserved.filter(isMeant);
  const rows = filtered(asked, query.what === 'not-observed' ? unobserved : inScope);
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (row: Row) => {
      const { kind, name, component: of, team, purl, ids, what } = changeView(row);
      const first = sort === 'name' ? name : sort === 'component' ? of.name : sort === 'team' ? (team ?? afterAll) : kind;
      return [first, of.name, of.ref, kind, name, purl ?? '', ids?.[0] ?? '', what];
    },
    view: itemOf,
    columns,
    extra: () => {
      const compared = whole.compared.filter(isMeant);
      const inPart = compared.filter((each) => each.inPart).length;
      return { ...summaryOf(inScope), coverage: { compared: compared.length, inPart, notObserved: unobserved.length } };
    },
  });
};

function filtered({ query }: Asked<'changes'>, rows: readonly Row[]): readonly Row[] {
  const hasWords = wordsFilter(query.q);
  return rows.filter((row) => {
    const { kind, what, name, component, cause, severity } = changeView(row);
    if ((query.kind !== undefined && kind !== query.kind) || (query.what !== undefined && what !== query.what)) return false;
    if ((query.cause !== undefined && cause !== query.cause) || (query.severity !== undefined && severity !== query.severity)) return false;
    return hasWords(`${name} ${component.ref}`);
  });
}

function itemOf(row: Row): ItemOf<'changes'> {
  const { before, after, ids, ...view } = changeView(row);
  return { ...view, before: copied(before), after: copied(after), ids: copied(ids) };
}

function copied(list: readonly string[] | null): string[] | null {
  return list === null ? null : [...list];
}

type Summary = Pick<ReplyOf<'changes'>, 'counts' | 'causes' | 'teams' | 'components' | 'changed'>;

/** What the changes come to: by kind, by cause, by team and by component. */
function summaryOf(changes: readonly Change[]): Summary {
  const teams = Map.groupBy(changes, (each) => each.team);
  const components = Map.groupBy(changes, (each) => each.ref);
  const causes = Map.groupBy(
    changes.filter((each) => each.kind === 'finding'),
    (each) => `${each.what} ${each.cause}`,
  );
  return {
    counts: changeCounts(changes),
    causes: [...causes.values()].flatMap((rows) => {
      const [first] = rows;
      return first?.kind === 'finding' && first.what !== 'changed' ? [{ what: first.what, cause: first.cause, count: rows.length }] : [];
    }),
    teams: mostFirst([...teams]).map(([team, rows]) => ({ team, ...shareOf(changeCounts(rows)) })),
    components: mostFirst([...components])
      .slice(0, shownComponents)
      .map(([ref, rows]) => ({ ref, name: rows[0]?.component ?? ref, ...shareOf(changeCounts(rows)) })),
    changed: components.size,
  };
}

function mostFirst<Key>(groups: readonly (readonly [Key, readonly Change[]])[]): readonly (readonly [Key, readonly Change[]])[] {
  return groups.toSorted((a, b) => b[1].length - a[1].length);
}

function shareOf({ component, package: packages, finding }: ChangeCounts): Pick<Summary['teams'][number], 'components' | 'packages' | 'findings'> {
  return { components: component, packages, findings: finding };
}

const columns: readonly CsvColumn<ItemOf<'changes'>>[] = [
  ['what', (each) => each.what],
  ['kind', (each) => each.kind],
  ['name', (each) => each.name],
  ['component', (each) => each.component.ref],
  ['team', (each) => each.team],
  ['purl', (each) => each.purl],
  ['before', (each) => each.before?.join(' ') ?? null],
  ['after', (each) => each.after?.join(' ') ?? null],
  ['ids', (each) => each.ids?.join(' ') ?? null],
  ['severity', (each) => each.severity],
  ['cause', (each) => each.cause],
  ['not observed', (each) => each.unobserved],
];
