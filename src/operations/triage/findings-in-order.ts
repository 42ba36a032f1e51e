import type { Estate, FindingColumns } from '#estate/estate.ts';
import { findingColumns, type FindingPlace } from '#estate/questions/findings.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { TriageColumns } from '#estate/triage-columns.ts';
import type { Visibility } from '#model/visibility.ts';
import { findingOrder, type FindingOrder } from './finding-order.ts';
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
  const passes = rowFilter(filter);
  let total = 0;
  for (let component = 0; component < estate.components.length; component += 1) {
    const [holder, of] = [estate.components[component], estate.findings[component]];
    if (of === undefined || holder === undefined || of.group.length === 0 || !isVisible(holder, visibility)) continue;
    if (filter.isComponent !== null && !filter.isComponent(component)) continue;
    const desk = triage.columnsOf(component);
    if (passes === null) total += of.group.length;
    if (passes === null && isBeyond(bestOf(estate, bests, order, { component, of, desk }), page)) continue;
    for (let row = 0; row < of.group.length; row += 1) {
      if (passes !== null) {
        if (!passes(component, row, of, desk)) continue;
        total += 1;
      }
      const rank = order.rankOf(component, row, of, desk);
      if (rank > page.worst || rank < page.afterRank) continue;
      if (rank === page.worst && tieNumber(estate, of, row) > page.worstTie) continue;
      take(estate, page, { rank, component, row, of });
    }
  }
  return { places: page.best.map(({ component, row }) => ({ component, row })), total };
}

/** The key of an open finding in an order. */
export function findingKeyIn(triage: Triage, sort: string, { component, row }: FindingPlace): FindingKey {
  const { estate } = triage.judging;
  const of = estate.findings[component];
  if (of === undefined) throw new Error('A finding is gone since it was listed: ask again, the estate has changed.');
  const desk = triage.columnsOf(component);
  const value = findingOrder(triage.judging, sort).valueOf({ component, row }, of, desk);
  return [value, ...tieOf(estate, { component, row, of })];
}

/** Every open finding that is wanted, in the estate's order. */
export function* findingsWanted(triage: Triage, visibility: Visibility, filter: FindingFilter): Generator<FindingPlace> {
  const passes = rowFilter(filter);
  for (const { component, columns: of } of findingColumns(triage.judging.estate, visibility)) {
    if (filter.isComponent !== null && !filter.isComponent(component)) continue;
    const desk = triage.columnsOf(component);
    for (let row = 0; row < of.group.length; row += 1) if (passes === null || passes(component, row, of, desk)) yield { component, row };
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

/** Null when every row passes. */
function rowFilter({ groups, packageSlot, state, action, clock, dueUntil, notDueUntil, rest }: FindingFilter): Passes | null {
  if ([groups, packageSlot, state, action, clock, dueUntil, notDueUntil, rest].every((each) => each === null)) return null;
  return (component, row, of, desk) => {
    if (groups !== null && groups[of.group[row] ?? 0] !== 1) return false;
    if (action !== null && action[desk.action[row] ?? 0] !== 1) return false;
    if (state !== null && state[desk.state[row] ?? 0] !== 1) return false;
    if (clock !== null && clock[desk.clock[row] ?? 0] !== 1) return false;
    if (packageSlot !== null && of.package[row] !== packageSlot) return false;
    const due = desk.due[row] ?? 0;
    if (dueUntil !== null && (due === 0 || due > dueUntil)) return false;
    if (notDueUntil !== null && due !== 0 && due <= notDueUntil) return false;
    return rest === null || rest(component, row);
  };
}

type Passes = (component: number, row: number, of: FindingColumns, desk: TriageColumns) => boolean;

/** Rank and tie of the first finding of each component in one order, which hold as long as the component has the same columns. */
type Bests = { readonly of: (TriageColumns | undefined)[]; readonly first: First[] };
type First = { readonly rank: number; readonly tie: number };

function isBeyond({ rank, tie }: First, { worst, worstTie }: Page): boolean {
  return rank > worst || (rank === worst && tie > worstTie);
}

const keptBests = new WeakMap<Estate, Map<string, Bests>>();

function bestsOf({ judging: { estate } }: Triage, sort: string): Bests {
  const kept = keptBests.get(estate) ?? new Map<string, Bests>();
  keptBests.set(estate, kept);
  // Places of names move when any name comes or goes.
  const key = /component|package|team/.test(sort) ? `${sort} ${String(estate.seq)}` : sort;
  let bests = kept.get(key);
  if (bests === undefined) {
    for (const other of kept.keys()) if (other.startsWith(`${sort} `)) kept.delete(other);
    kept.set(key, (bests = { of: [], first: [] }));
  }
  return bests;
}

type Columns = { readonly component: number; readonly of: FindingColumns; readonly desk: TriageColumns };

function bestOf(estate: Estate, bests: Bests, order: FindingOrder, { component, of, desk }: Columns): First {
  const known = bests.first[component];
  if (bests.of[component] === desk && known !== undefined) return known;
  let [rank, tie] = [Infinity, Infinity];
  for (let row = 0; row < of.group.length; row += 1) {
    const here = order.rankOf(component, row, of, desk);
    if (here > rank) continue;
    const itsTie = tieNumber(estate, of, row);
    tie = here < rank ? itsTie : Math.min(tie, itsTie);
    rank = here;
  }
  bests.of[component] = desk;
  return (bests.first[component] = { rank, tie });
}
