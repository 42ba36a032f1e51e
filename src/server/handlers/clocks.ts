import { clockOverview } from '#operations/triage/clock-overview.ts';
import { dayText } from '#operations/ask-estate.ts';
import type { Handler } from '../asked.ts';

const dayMs = 86_400_000;

/** How clocks are kept: ageing, burn-down, time to close, attainment by team, and what will be late. */
export const clocks: Handler<'clocks'> = async ({ office, estate, visibility, query }) => {
  const triage = office.estate.triage(estate);
  const { now, view } = triage.judging;
  const overview = await clockOverview(office.store, triage, visibility, query);
  const { without, teams, ageing, burnDown, excluded } = overview;
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
    teams: teams.map((team) => ({
      ...team,
      attainment: team.inTime + team.late === 0 ? null : team.inTime / (team.inTime + team.late),
      rowsQuery: `/findings?clock=running,paused&sort=due&${team.team === null ? 'owner=none' : `team=${encodeURIComponent(team.team)}`}`,
    })),
    ageing: ageing.map((bucket) => ({
      ...bucket,
      rowsQuery: `/findings?clock=running,paused${bucket.until === null ? '' : `&openedFrom=${dayOf(now, bucket.until - 1)}`}${bucket.from === 0 ? '' : `&openedUntil=${dayOf(now, bucket.from - 1)}`}${of}`,
    })),
    burnDown: burnDown.map((point) => ({ ...point, at: new Date(point.at).toISOString() })),
    excluded,
  };
};

/** The UTC day so many days ago. */
function dayOf(now: number, days: number): string {
  return dayText(Math.floor(now / dayMs) - days);
}
