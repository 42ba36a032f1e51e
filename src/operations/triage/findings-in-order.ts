import type { Estate, FindingColumns } from '#estate/estate.ts';
import { findingColumns, type FindingPlace } from '#estate/questions/findings.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { TriageColumns } from '#estate/triage-columns.ts';
import type { Visibility } from '#model/visibility.ts';
import { findingOrder, type OrderColumns } from './finding-order.ts';
import type { Triage } from './live-triage.ts';

/** Which open findings are wanted. What is null lets everything pass; what looks at one number of a row is asked first. */
export type FindingFilter = {
  readonly isComponent: ((component: number) => boolean) | null;
  /** 1 for the group slots wanted. */
  readonly groups: Uint8Array | null;
  readonly packageSlot: number | null;
  /** 1 for the codes wanted. */
  readonly state: Uint8Array | null;
  readonly action: Uint8Array | null;
  readonly clock: Uint8Array | null;
  /** Minutes since 1970: due, and not after this. */
  readonly dueUntil: number | null;
  /** Minutes since 1970: not due, or after this. */
  readonly notDueUntil: number | null;
  readonly rest: ((component: number, row: number) => boolean) | null;
};

// Later than any time in milliseconds.
const pastAllTimes = 1e14;

/** Where a finding stands in a list: the value sorted by, then what makes it the only one; nothing in it is a number of our own. */
export type FindingKey = readonly (string | number)[];

/** A page of open findings and how many there are over all pages. */
export type FindingPage = { readonly places: readonly FindingPlace[]; readonly total: number };

/** What is asked for: the first `most` findings behind a key, or from the beginning. */
export type PageWanted = { readonly filter: FindingFilter; readonly sort: string; readonly after: FindingKey | null; readonly most: number };

/**
 * The first open findings in an order, without putting the others in order: one pass over their columns, and components whose best finding cannot be on
 * the page are only counted. Ten million are looked through in a fraction of a second.
 */
export function findingsInOrder(triage: Triage, visibility: Visibility, { filter, sort, after, most }: PageWanted): FindingPage {
  const { estate } = triage.judging;
  const order = findingOrder(triage.judging, sort);
  const page = {
    best: [] as Placed[],
    most,
    after,
    afterRank: after === null ? -Infinity : order.rankOfKey(after[0] ?? 0),
    worst: Infinity,
    worstTie: Infinity,
  };
  const bests = bestsOf(triage, sort);
  const selection = selectionOf(filter);
  let total = 0;
  for (let component = 0; component < estate.components.length; component += 1) {
    const [holder, of] = [estate.components[component], estate.findings[component]];
    if (of === undefined || holder === undefined || of.group.length === 0 || !isVisible(holder, visibility)) continue;
    if (filter.isComponent !== null && !filter.isComponent(component)) continue;
    const columns = { component, of, desk: triage.columnsOf(component) };
    const count = select(selection, columns);
    total += count;
    // The best of all rows is as good as the best of those that pass, or better.
    if (count === 0 || most === 0 || isBeyond(estate, bests, columns, page, () => order.ranksOf(columns, selection.all, of.group.length))) continue;
    takeRows(estate, page, columns, { rows: selection.rows, ranks: order.ranksOf(columns, selection.rows, count), count });
  }
  return { places: page.best.map(({ component, row }) => ({ component, row })), total };
}

/** The key of an open finding in an order. */
export function findingKeyIn(triage: Triage, sort: string, { component, row }: FindingPlace): FindingKey {
  const { estate } = triage.judging;
  const of = estate.findings[component];
  if (of === undefined) throw new Error('A finding is gone since it was listed: ask again, the estate has changed.');
  const value = findingOrder(triage.judging, sort).valueOf({ component, of, desk: triage.columnsOf(component) }, row);
  return [value, ...tieOf(estate, { component, row, of })];
}

/** Every open finding that is wanted, in the estate's order. */
export function* findingsWanted(triage: Triage, visibility: Visibility, filter: FindingFilter): Generator<FindingPlace> {
  const selection = selectionOf(filter);
  for (const { component, columns: of } of findingColumns(triage.judging.estate, visibility)) {
    if (filter.isComponent !== null && !filter.isComponent(component)) continue;
    const count = select(selection, { component, of, desk: triage.columnsOf(component) });
    // A copy: whoever takes them may ask something else in between.
    for (const row of selection.rows.slice(0, count)) yield { component, row };
  }
}

/** How many findings there are, without putting any in order. */
export function countFindings(triage: Triage, visibility: Visibility, filter: FindingFilter): number {
  return findingsInOrder(triage, visibility, { filter, sort: 'opened', after: null, most: 0 }).total;
}

type Placed = {
  readonly rank: number;
  readonly component: number;
  readonly row: number;
  readonly of: FindingColumns;
};

type Page = {
  readonly best: Placed[];
  readonly most: number;
  readonly after: FindingKey | null;
  readonly afterRank: number;
  worst: number;
  worstTie: number;
};

type Ranked = { readonly rows: Uint32Array; readonly ranks: Float64Array; readonly count: number };

/** Puts rows of a component on the page where they belong there. What changes with the page is held in variables: most rows only look at them. */
function takeRows(estate: Estate, page: Page, { component, of }: OrderColumns, { rows, ranks, count }: Ranked): void {
  const [{ afterRank }, { group, openedAt }, { groupLevel }] = [page, of, estate];
  let { worst, worstTie } = page;
  for (let at = 0; at < count; at += 1) {
    const rank = ranks[at] ?? 0;
    if (rank > worst || rank < afterRank) continue;
    const row = rows[at] ?? 0;
    if (rank === worst && (groupLevel[group[row] ?? 0] ?? 0) * pastAllTimes + (openedAt[row] ?? 0) > worstTie) continue;
    take(estate, page, { rank, component, row, of });
    ({ worst, worstTie } = page);
  }
}

/** Puts a finding on the page if it belongs there. */
function take(estate: Estate, page: Page, placed: Placed): void {
  const { best, most, after, afterRank } = page;
  if (after !== null && placed.rank === afterRank && compareTies(tieOf(estate, placed), after.slice(1)) <= 0) return;
  const worst = best.at(-1);
  if (worst === undefined ? most === 0 : best.length === most && compare(estate, placed, worst) >= 0) return;
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = best[middle];
    if (there !== undefined && compare(estate, there, placed) <= 0) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, placed);
  if (best.length > most) best.pop();
  const last = best.at(-1);
  if (last === undefined || best.length < most) return;
  page.worst = last.rank;
  page.worstTie = tieNumber(estate, last.of, last.row);
}

/** By rank, then the most severe, then the oldest first, then by names. Numbers first: names are rarely needed. */
function compare(estate: Estate, a: Placed, b: Placed): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  return tieNumber(estate, a.of, a.row) - tieNumber(estate, b.of, b.row) || compareTies(tieOf(estate, a), tieOf(estate, b));
}

/** The first two things that tell findings of one rank apart, severity and when it was opened, as one number. */
function tieNumber(estate: Estate, of: FindingColumns, row: number): number {
  return (estate.groupLevel[of.group[row] ?? 0] ?? 0) * pastAllTimes + (of.openedAt[row] ?? 0);
}

function tieOf(estate: Estate, { component, row, of }: Pick<Placed, 'component' | 'row' | 'of'>): FindingKey {
  const [used, group] = [estate.packages[of.package[row] ?? 0], estate.groups[of.group[row] ?? 0]];
  const level = estate.groupLevel[of.group[row] ?? 0] ?? 0;
  const ref = estate.components[component]?.ref ?? '';
  return [level, of.openedAt[row] ?? 0, ref, used?.name ?? '', used?.ecosystem ?? '', group?.key ?? '', of.episode[row] ?? 1];
}

function compareTies(a: FindingKey, b: FindingKey): number {
  for (let at = 0; at < a.length; at += 1) {
    const [mine, other] = [a[at] ?? '', b[at] ?? ''];
    if (mine !== other) return mine < other ? -1 : 1;
  }
  return 0;
}

/** What is wanted of rows. `rows` begins with those of the component last asked about that pass; it is a scratch, or `all`: every row, the numbers from 0 on. */
type Selection = { readonly filter: FindingFilter; rows: Uint32Array; all: Uint32Array; kept: Uint32Array };

function selectionOf(filter: FindingFilter): Selection {
  return { filter, rows: new Uint32Array(0), all: new Uint32Array(0), kept: new Uint32Array(0) };
}

/** Selects the rows of a component that pass, one column after the other, and gives how many they are. */
function select(selection: Selection, { component, of, desk }: OrderColumns): number {
  const { groups, packageSlot, state, action, clock, dueUntil, notDueUntil, rest } = selection.filter;
  let count = of.group.length;
  if (count > selection.all.length) {
    selection.all = Uint32Array.from({ length: count * 2 }, (_, row) => row);
    selection.kept = new Uint32Array(count * 2);
  }
  const { all, kept } = selection;
  selection.rows = all;
  const keep = (column: Uint8Array | Uint32Array, wanted: Uint8Array | null): void => {
    if (wanted === null) return;
    count = rowsOf(selection.rows, kept, count, column, wanted);
    selection.rows = kept;
  };
  keep(desk.action, action);
  keep(desk.state, state);
  keep(desk.clock, clock);
  keep(of.group, groups);
  if (packageSlot === null && dueUntil === null && notDueUntil === null && rest === null) return count;
  const { rows } = selection;
  let passing = 0;
  for (let at = 0; at < count; at += 1) {
    const row = rows[at] ?? 0;
    if (packageSlot !== null && of.package[row] !== packageSlot) continue;
    const due = desk.due[row] ?? 0;
    if (dueUntil !== null && (due === 0 || due > dueUntil)) continue;
    if (notDueUntil !== null && due !== 0 && due <= notDueUntil) continue;
    if (rest !== null && !rest(component, row)) continue;
    kept[passing] = row;
    passing += 1;
  }
  selection.rows = kept;
  return passing;
}

/** Keeps the rows whose code is wanted, without a branch that would be guessed wrong every other time. */
function rowsOf(rows: Uint32Array, kept: Uint32Array, count: number, column: Uint8Array | Uint32Array, wanted: Uint8Array): number {
  let passing = 0;
  for (let at = 0; at < count; at += 1) {
    const row = rows[at] ?? 0;
    kept[passing] = row;
    passing += wanted[column[row] ?? 0] ?? 0;
  }
  return passing;
}

/** Rank and tie of the first finding of each component in one order, which hold as long as the component has the same columns. */
type Bests = { readonly of: (TriageColumns | undefined)[]; rank: Float64Array; tie: Float64Array };

const keptBests = new WeakMap<Estate, Map<string, Bests>>();

function bestsOf({ judging: { estate } }: Triage, sort: string): Bests {
  const kept = keptBests.get(estate) ?? new Map<string, Bests>();
  keptBests.set(estate, kept);
  // Places of names move when any name comes or goes.
  const key = /component|package|team/.test(sort) ? `${sort} ${String(estate.seq)}` : sort;
  let bests = kept.get(key);
  if (bests === undefined) {
    for (const other of kept.keys()) if (other.startsWith(`${sort} `)) kept.delete(other);
    kept.set(key, (bests = { of: [], rank: new Float64Array(0), tie: new Float64Array(0) }));
  }
  const size = estate.components.length;
  if (size > bests.rank.length) {
    bests.rank = larger(bests.rank, size);
    bests.tie = larger(bests.tie, size);
  }
  return bests;
}

/** Whether no finding of a component can be on the page. `ranksOf` gives the ranks of its rows where they are not known. */
function isBeyond(estate: Estate, bests: Bests, columns: OrderColumns, { worst, worstTie }: Page, ranksOf: () => Float64Array): boolean {
  const { component, desk } = columns;
  if (bests.of[component] !== desk) findBest(estate, bests, columns, ranksOf());
  const rank = bests.rank[component] ?? 0;
  return rank > worst || (rank === worst && (bests.tie[component] ?? 0) > worstTie);
}

function findBest({ groupLevel }: Estate, bests: Bests, { component, of: { group, openedAt }, desk }: OrderColumns, ranks: Float64Array): void {
  let [rank, tie] = [Infinity, Infinity];
  for (let row = 0; row < group.length; row += 1) {
    const here = ranks[row] ?? 0;
    if (here > rank) continue;
    const itsTie = (groupLevel[group[row] ?? 0] ?? 0) * pastAllTimes + (openedAt[row] ?? 0);
    if (here < rank || itsTie < tie) tie = itsTie;
    rank = here;
  }
  bests.of[component] = desk;
  bests.rank[component] = rank;
  bests.tie[component] = tie;
}

function larger(column: Float64Array, size: number): Float64Array {
  const copy = new Float64Array(Math.ceil(size * 1.25));
  copy.set(column);
  return copy;
}
