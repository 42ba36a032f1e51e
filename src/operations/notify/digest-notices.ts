import { clockKinds } from '#desk/clocks/clock-kind.ts';
import type { Notice } from '#desk/notices/notice.ts';
import { speaks, wallClock, type SpeakingHours } from '#desk/notices/speaking-hours.ts';
import { findingColumns } from '#estate/questions/findings.ts';
import { actions } from '#model/action.ts';
import { seesAll } from '#model/visibility.ts';
import type { Triage } from '../triage/live-triage.ts';

const dayMs = 86_400_000;

type Counts = { attend: number; track: number; planned: number; fresh: number };

/** One digest for each team and working day: what is open and not urgent, where something of it came since the day before. None outside the office's hours. */
export function digestNotices(triage: Triage, hours: SpeakingHours): readonly Notice[] {
  const { now } = triage.judging;
  const today = wallClock(now, hours.zone);
  if (!speaks(today, hours)) return [];
  return [...countsByTeam(triage, now - lookBackMs(now, hours))].flatMap(([team, { attend, track, planned, fresh }]): Notice[] => {
    if (fresh === 0) return [];
    const whose = team ?? 'no team';
    const line = `${whose}: ${String(fresh)} new since the last digest; open are ${String(attend)} to attend to, ${String(track)} to track, ${String(planned)} planned`;
    const page = team === null ? '/findings?owner=none' : `/findings?team=${encodeURIComponent(team)}`;
    const to = [team === null ? ({ kind: 'office' } as const) : ({ kind: 'team', team } as const)];
    return [{ kind: 'digest', key: `digest ${today.day} ${team ?? ''}`, to, teams: [team], about: `${whose}, ${today.day}`, line, page }];
  });
}

/** Back to the same time of the working day before. */
function lookBackMs(now: number, hours: SpeakingHours): number {
  for (let days = 1; days <= 31; days += 1) {
    const { day, weekday } = wallClock(now - days * dayMs, hours.zone);
    if (hours.weekdays.includes(weekday) && !hours.holidays.includes(day)) return days * dayMs;
  }
  return 31 * dayMs;
}

function countsByTeam(triage: Triage, since: number): ReadonlyMap<string | null, Counts> {
  const counts = new Map<string | null, Counts>();
  const { estate } = triage.judging;
  const [settled, elsewhere, baseline] = [clockKinds.indexOf('settled'), clockKinds.indexOf('elsewhere'), clockKinds.indexOf('baseline')];
  const [act, attend] = [actions.indexOf('act'), actions.indexOf('attend')];
  for (const { component, columns: of } of findingColumns(estate, seesAll)) {
    const desk = triage.columnsOf(component);
    const team = estate.components[component]?.team ?? null;
    const here = counts.get(team) ?? { attend: 0, track: 0, planned: 0, fresh: 0 };
    counts.set(team, here);
    for (let row = 0; row < of.group.length; row += 1) {
      const clock = desk.clock[row];
      if (clock === settled || clock === elsewhere) continue;
      if (desk.action[row] === act && clock !== baseline) continue;
      if (clock === baseline) here.planned += 1;
      else if (desk.action[row] === attend) here.attend += 1;
      else here.track += 1;
      if ((of.openedAt[row] ?? 0) > since) here.fresh += 1;
    }
  }
  return counts;
}
