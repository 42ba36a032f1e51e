import { dayText, purlOfPackage } from '#operations/ask-estate.ts';
import { findingIdOf } from '#operations/finding-view.ts';
import { clockOverview } from '#operations/triage/clock-overview.ts';
import { closedClocks as clocksClosed, type ClosedClock } from '#operations/triage/closed-clocks.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { afterAll, teamFilter, wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';

const dayMs = 86_400_000;

/** How clocks are kept: ageing, burn-down, time to close, attainment by team, and what will be late. */
export const clocks: Handler<'clocks'> = async ({ office, estate, visibility, query }) => {
  const triage = await office.estate.triage(estate);
  const { now, view } = triage.judging;
  const overview = await clockOverview(office.store, triage, visibility, query);
  const { without, teams, ageing, burnDown, excluded, closed, daysToClose, plans } = overview;
  const of = query.team === undefined ? '' : `&team=${encodeURIComponent(query.team)}`;
  const counted = (count: number, words: string): { readonly count: number; readonly rowsQuery: string } => ({
    count,
    rowsQuery: `/findings?${words}${of}`,
  });
  const sum = (each: 'overdue' | 'dueSoon'): number => teams.reduce((whole, team) => whole + team[each], 0);
  return {
    generatedAt: new Date(now).toISOString(),
    policy: { version: view.policy.version, hash: view.policy.hash },
    running: counted(without.running, 'clock=running'),
    overdue: counted(sum('overdue'), 'overdue=true&sort=due'),
    dueSoon: counted(sum('dueSoon'), 'overdue=false&dueWithin=7&sort=due'),
    paused: counted(without.paused, 'clock=paused'),
    question: counted(without.question, 'clock=question'),
    baseline: counted(without.baseline, 'baseline=true&sort=risk'),
    settled: counted(without.settled, 'clock=settled'),
    metric: counted(without.none + without.elsewhere, 'clock=none,elsewhere'),
    closed: { count: closed, rowsQuery: `/sla/closed${of === '' ? '' : `?${of.slice(1)}`}` },
    daysToClose,
    teams: teams.map((team) => ({
      ...team,
      attainment: team.inTime + team.late === 0 ? null : team.inTime / (team.inTime + team.late),
      rowsQuery: `/findings?clock=running,paused&sort=due&${ownedBy(team.team)}`,
      closedQuery: `/sla/closed?${ownedBy(team.team)}`,
    })),
    plans: plans.map(({ waiting, from, until, ...plan }) => ({
      ...plan,
      upgrades: waiting,
      from: dayText(from),
      until: dayText(until),
      rowsQuery: `/findings?baseline=true&sort=risk&${ownedBy(plan.team)}`,
    })),
    ageing: ageing.map((bucket) => ({
      ...bucket,
      rowsQuery: `/findings?clock=running,paused${bucket.until === null ? '' : `&openedFrom=${dayOf(now, bucket.until - 1)}`}${bucket.from === 0 ? '' : `&openedUntil=${dayOf(now, bucket.from - 1)}`}${of}`,
    })),
    burnDown: burnDown.map((point) => ({ ...point, at: new Date(point.at).toISOString() })),
    excluded,
  };
};

/** The clocks behind attainment and days to close. */
export const closedClocks: Handler<'closedClocks'> = async ({ office, estate, visibility, query }) => {
  const hasTeam = teamFilter(query);
  const hasWords = wordsFilter(query.q);
  const all = await clocksClosed(office.store, await office.estate.triage(estate), visibility);
  const componentOf = (row: ClosedClock) => estate.components[row.component];
  const isInTime = ({ closedAt, due }: ClosedClock): boolean => closedAt <= due;
  const sort = query.sort.replace(/^-/, '');
  const ranks: Readonly<Record<string, (row: ClosedClock) => string | number>> = {
    closed: (row) => row.closedAt,
    days: (row) => row.closedAt - row.openedAt,
    component: (row) => componentOf(row)?.name ?? '',
    team: (row) => componentOf(row)?.team ?? afterAll,
  };
  return listing({
    rows: all.filter(
      (row) =>
        hasTeam(componentOf(row)?.team ?? null) &&
        (query.kept === undefined || isInTime(row) === (query.kept === 'in-time')) &&
        hasWords(`${componentOf(row)?.ref ?? ''} ${estate.packages[row.package]?.name ?? ''} ${estate.groups[row.group]?.ids.join(' ') ?? ''}`),
    ),
    keyOf: (row: ClosedClock) => [
      ranks[sort]?.(row) ?? '',
      componentOf(row)?.ref ?? '',
      estate.groups[row.group]?.key ?? '',
      estate.packages[row.package]?.name ?? '',
      row.episode,
    ],
    view(row): ItemOf<'closedClocks'> | null {
      const [holder, used, group] = [componentOf(row), estate.packages[row.package], estate.groups[row.group]];
      if (holder === undefined || used === undefined || group === undefined) return null;
      return {
        id: findingIdOf(estate, row.component, row.package, group),
        episode: row.episode,
        advisory: { key: group.key, ids: [...group.ids] },
        package: { purl: purlOfPackage(used.ecosystem, used.name), name: used.name },
        component: { ref: holder.ref, name: holder.name },
        team: holder.team,
        action: row.action,
        opened: new Date(row.openedAt).toISOString(),
        closed: new Date(row.closedAt).toISOString(),
        due: new Date(row.due).toISOString(),
        days: Math.round(((row.closedAt - row.openedAt) / dayMs) * 10) / 10,
        inTime: isInTime(row),
      };
    },
    columns,
  });
};

const columns: readonly CsvColumn<ItemOf<'closedClocks'>>[] = [
  ['id', (each) => each.id],
  ['episode', (each) => each.episode],
  ['ids', (each) => each.advisory.ids.join(' ')],
  ['package', (each) => each.package.purl],
  ['component', (each) => each.component.ref],
  ['team', (each) => each.team],
  ['action', (each) => each.action],
  ['opened', (each) => each.opened],
  ['closed', (each) => each.closed],
  ['due', (each) => each.due],
  ['days', (each) => each.days],
  ['in time', (each) => String(each.inTime)],
];

function ownedBy(team: string | null): string {
  return team === null ? 'owner=none' : `team=${encodeURIComponent(team)}`;
}

/** The UTC day so many days ago. */
function dayOf(now: number, days: number): string {
  return dayText(Math.floor(now / dayMs) - days);
}
