import type { Estate, FindingColumns } from '#estate/estate.ts';
import { countsByTeam, findingColumns, noCounts, type FindingPlace } from '#estate/questions/findings.ts';
import { isUnread, listedComponents } from '#estate/questions/listed.ts';
import { weightOf } from '#estate/questions/packages.ts';
import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import { stretchAt } from '#operations/find-finding.ts';
import { findingView } from '#operations/finding-view.ts';
import { runsOf, sourceList } from '#operations/source-list.ts';
import type { Handler, ReplyOf } from '../asked.ts';
import { figuresOf } from '../views/figures.ts';

const shown = 8;
const troubleOrder = ['failing', 'never', 'watch', 'fresh'];

/** The estate on one page. */
export const overview: Handler<'overview'> = async ({ office, estate, visibility }) => {
  const now = office.clock();
  const listed = listedComponents(estate, visibility);
  const teams = teamsOf(estate, visibility, listed);
  const findings = noCounts();
  for (const team of teams) for (const level of severityLevels) findings[level] += team.findings[level];
  const sources = await sourceList(office.store, estate, visibility, office.feeds, now);
  const troubles = sources
    .filter((each) => each.state !== 'fresh' || each.problems > 0)
    .sort(
      (a, b) =>
        troubleOrder.indexOf(a.state) - troubleOrder.indexOf(b.state) ||
        b.staleComponents - a.staleComponents ||
        b.problems - a.problems ||
        (a.origin < b.origin ? -1 : 1),
    )
    .slice(0, shown);
  return {
    generatedAt: new Date(now).toISOString(),
    epoch: estate.epoch,
    seq: estate.seq,
    figures: figuresOf(estate, visibility, listed, office.estate.sourceOf, now),
    findings,
    teams,
    urgent: first(estate, visibility, urgencies(estate)),
    newest: first(estate, visibility, new Uint8Array(estate.groups.length)),
    troubles: await Promise.all(troubles.map(async (each) => ({ ...each, runs: await runsOf(office.store, each.origin) }))),
  };
};

function teamsOf(estate: Estate, visibility: Visibility, listed: readonly number[]): ReplyOf<'overview'>['teams'] {
  const counts = countsByTeam(estate, visibility);
  const teams = Map.groupBy(listed, (slot) => estate.components[slot]?.team ?? null);
  return [...teams]
    .map(([team, slots]) => ({
      team,
      components: slots.length,
      unread: slots.filter((slot) => isUnread(estate, slot)).length,
      stale: slots.filter((slot) => estate.components[slot]?.stale_since != null).length,
      findings: counts.get(team) ?? noCounts(),
      rowsQuery: team === null ? '/findings?owner=none' : `/findings?team=${encodeURIComponent(team)}`,
    }))
    .sort((a, b) => weightOf(b.findings) - weightOf(a.findings) || ((a.team ?? '\uffff') < (b.team ?? '\uffff') ? -1 : 1));
}

/** Known exploited first, then most severe: one number by group slot, so that a million findings are looked at in milliseconds. */
function urgencies(estate: Estate): Uint8Array {
  return Uint8Array.from(estate.groups, (group, slot) => (group.kev === null ? severityLevels.length : 0) + (estate.groupLevel[slot] ?? 0));
}

type Candidate = { readonly rank: number; readonly openedAt: number; readonly place: FindingPlace };

/** The first few findings in one pass: by rank of their group, then newest first; or newest first whatever their group. */
function first(estate: Estate, visibility: Visibility, ranks: Uint8Array): ReplyOf<'overview'>['urgent'] {
  const best: Candidate[] = [];
  let [worstRank, worstOpened] = [Infinity, -Infinity];
  for (const { component, columns } of findingColumns(estate, visibility)) {
    // No rank is below 0, so among equals only a newer one counts.
    if (worstRank === 0 && newestOf(columns) <= worstOpened) continue;
    const { group, openedAt } = columns;
    for (let row = 0; row < group.length; row += 1) {
      const rank = ranks[group[row] as number] as number;
      if (rank > worstRank || (rank === worstRank && (openedAt[row] as number) <= worstOpened)) continue;
      best.push({ rank, openedAt: openedAt[row] as number, place: { component, row } });
      best.sort((a, b) => a.rank - b.rank || b.openedAt - a.openedAt);
      if (best.length > shown) best.pop();
      const last = best.length === shown ? best.at(-1) : undefined;
      if (last !== undefined) [worstRank, worstOpened] = [last.rank, last.openedAt];
    }
  }
  return best.flatMap(({ place }) => {
    const stretch = stretchAt(estate, place);
    return stretch === null ? [] : (findingView(estate, stretch) ?? []);
  });
}

const newest = new WeakMap<FindingColumns, number>();

/** When the newest finding of a component was opened. Its columns are replaced whenever its findings change. */
function newestOf(columns: FindingColumns): number {
  let at = newest.get(columns);
  if (at === undefined) newest.set(columns, (at = columns.openedAt.reduce((last, each) => Math.max(last, each), -Infinity)));
  return at;
}
