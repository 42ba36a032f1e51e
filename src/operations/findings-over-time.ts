import type { Estate } from '#estate/estate.ts';
import { noCounts, type LevelCounts } from '#estate/questions/findings.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import { stretchOf } from './find-finding.ts';

/** How many findings were open at a moment (Unix milliseconds), as was known then. */
export type OpenAt = { readonly at: number; readonly counts: LevelCounts };

const weekMs = 7 * 86_400_000;
/** Monday 5 January 1970, 00:00 UTC: weeks are counted from here. */
const firstMonday = 4 * 86_400_000;

/**
 * Open findings by severity each Monday at 00:00 UTC from `since` on, at most `weeks` of them, and at `now`; oldest first. With `until`, a moment in the
 * past, it ends on the last Monday before it. A finding counts from when it was opened until it was closed, with the severity its advisories give it today.
 */
export async function findingsOverTime(
  store: StoreReads,
  estate: Estate,
  visibility: Visibility,
  span: { readonly since: number; readonly weeks: number; readonly now: number; readonly until?: number },
): Promise<readonly OpenAt[]> {
  const changes = [...(await changesByTeam(store, estate))].filter(([team]) => isVisible({ team }, visibility)).map(([, weeks]) => weeks);
  const last = Math.floor(((span.until ?? span.now) - firstMonday) / weekMs);
  const from = Math.max(last - span.weeks + 1, weekOf(span.since));
  const weeks = [...new Set(changes.flatMap((each) => [...each.keys()]))].sort((a, b) => a - b);
  const counts = noCounts();
  const points: OpenAt[] = [];
  let at = 0;
  const takeUntil = (week: number): LevelCounts => {
    for (let next = weeks[at]; next !== undefined && next <= week; next = weeks[(at += 1)]) {
      for (const each of changes) addTo(counts, each.get(next));
    }
    return { ...counts };
  };
  for (let week = from; week <= last; week += 1) points.push({ at: firstMonday + week * weekMs, counts: takeUntil(week) });
  if (span.until === undefined) points.push({ at: span.now, counts: takeUntil(Infinity) });
  return points;
}

/** By week, how many more (or fewer) findings of each level are open on its Monday than a week before; levels in the order of `severityLevels`. */
type WeeklyChanges = ReadonlyMap<number, Int32Array>;

const known = new WeakMap<StoreReads, { readonly version: string; readonly changes: Promise<ReadonlyMap<string | null, WeeklyChanges>> }>();

/** Closed findings lie in the store only, so all of them are read, once for each state of the estate. */
function changesByTeam(store: StoreReads, estate: Estate): Promise<ReadonlyMap<string | null, WeeklyChanges>> {
  const version = `${String(estate.epoch)} ${String(estate.seq)}`;
  const before = known.get(store);
  if (before?.version === version) return before.changes;
  const changes = readChanges(store, estate);
  known.set(store, { version, changes });
  // A store that failed is asked again.
  changes.catch(() => known.delete(store));
  return changes;
}

async function readChanges(store: StoreReads, estate: Estate): Promise<ReadonlyMap<string | null, WeeklyChanges>> {
  const teams = new Map<string | null, Map<number, Int32Array>>();
  for await (const page of store.loadFindingPacks()) {
    for (const pack of page) {
      const component = estate.slots.component.get(pack.component_id);
      const holder = component === undefined ? undefined : estate.components[component];
      if (component === undefined || holder === undefined) continue;
      const weeks = teams.get(holder.team) ?? new Map<number, Int32Array>();
      teams.set(holder.team, weeks);
      for (const each of [...unpackEpisodes(pack.open), ...unpackEpisodes(pack.closed)]) {
        const group = stretchOf(estate, component, each)?.group;
        if (group === undefined) continue;
        const level = estate.groupLevel[group] ?? severityLevels.indexOf('unknown');
        change(weeks, weekOf(each.openedAt), level, 1);
        if (each.closedAt !== null) change(weeks, weekOf(each.closedAt), level, -1);
      }
    }
  }
  return teams;
}

function change(weeks: Map<number, Int32Array>, week: number, level: number, by: 1 | -1): void {
  const row = weeks.get(week) ?? new Int32Array(severityLevels.length);
  weeks.set(week, row);
  row[level] = (row[level] ?? 0) + by;
}

function addTo(counts: LevelCounts, row: Int32Array | undefined): void {
  severityLevels.forEach((level, at) => (counts[level] += row?.[at] ?? 0));
}

/** The first Monday at or after a time. */
function weekOf(at: number): number {
  return Math.ceil((at - firstMonday) / weekMs);
}
