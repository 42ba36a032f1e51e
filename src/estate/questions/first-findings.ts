import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Estate, FindingColumns } from '../estate.ts';
import { findingColumns, type FindingPlace } from './findings.ts';
import { rememberedWhole } from './remembered.ts';

const wanted = 8;

/** The eight most urgent open findings: known exploited first, then most severe, then newest. Kept until the estate changes. */
export const mostUrgent = rememberedWhole((estate: Estate, visibility: Visibility) => first(estate, visibility, urgencies(estate)));

/** The eight open findings opened last, newest first. Kept until the estate changes. */
export const newestFindings = rememberedWhole((estate: Estate, visibility: Visibility) =>
  first(estate, visibility, new Uint8Array(estate.groups.length)),
);

/** The eight findings whose exposure began last, newest first: what was newest on a past day, whenever we learnt of it. Kept until the estate changes. */
export const newestExposures = rememberedWhole((estate: Estate, visibility: Visibility) =>
  first(estate, visibility, new Uint8Array(estate.groups.length), 'exposedFrom'),
);

/** One number by group slot, so that a million findings are looked at in milliseconds. */
function urgencies(estate: Estate): Uint8Array {
  return Uint8Array.from(estate.groups, (group, slot) => (group.kev === null ? severityLevels.length : 0) + (estate.groupLevel[slot] ?? 0));
}

type Clock = 'openedAt' | 'exposedFrom';
type Candidate = { readonly rank: number; readonly at: number; readonly place: FindingPlace };

/** The first few in one pass: by rank of their group, then newest first. */
function first(estate: Estate, visibility: Visibility, ranks: Uint8Array, clock: Clock = 'openedAt'): readonly FindingPlace[] {
  const best: Candidate[] = [];
  let [worstRank, oldest] = [Infinity, -Infinity];
  for (const { component, columns } of findingColumns(estate, visibility)) {
    // No rank is below 0, so among equals only a newer one counts.
    if (worstRank === 0 && clock === 'openedAt' && newestOf(columns) <= oldest) continue;
    for (let row = 0; row < columns.group.length; row += 1) {
      const rank = ranks[columns.group[row] ?? 0] ?? 0;
      const at = columns[clock][row] ?? 0;
      if (rank > worstRank || (rank === worstRank && at <= oldest)) continue;
      best.push({ rank, at, place: { component, row } });
      best.sort((a, b) => a.rank - b.rank || b.at - a.at);
      if (best.length > wanted) best.pop();
      const last = best.length === wanted ? best.at(-1) : undefined;
      if (last !== undefined) [worstRank, oldest] = [last.rank, last.at];
    }
  }
  return best.map(({ place }) => place);
}

const newest = new WeakMap<FindingColumns, number>();

/** When the newest finding of a component was opened. Its columns are replaced whenever its findings change. */
function newestOf(columns: FindingColumns): number {
  let at = newest.get(columns);
  if (at === undefined) newest.set(columns, (at = columns.openedAt.reduce((last, each) => Math.max(last, each), -Infinity)));
  return at;
}
