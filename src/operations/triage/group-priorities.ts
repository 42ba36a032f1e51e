import type { Choice } from '#analysis/priority/decision-table.ts';
import { exploitationOf, exploitationValue, pointsOf, rowFor, severityValue, type PriorityLines } from '#analysis/priority/priority.ts';
import type { Estate } from '#estate/estate.ts';
import type { Group } from '#estate/groups.ts';
import { actions } from '#model/action.ts';
import { severityLevels, type SeverityLevel } from '#model/advisory.ts';
import { exposures, tiers } from '#model/profile.ts';

const exploitations: readonly Choice['exploitation'][] = ['malicious', 'known', 'likely', 'unknown', 'unlikely'];

/** What the priority of a finding takes from its advisory group, by group slot. */
export type GroupPriorities = {
  lines: PriorityLines;
  /** The groups that this was made of: one that was replaced is made anew. */
  readonly of: Group[];
  /** Exploitation and severity as one number. */
  kind: Uint8Array;
  points: Float64Array;
  /** 0 not urgent, 1 known to be exploited, 2 malicious. */
  urgent: Uint8Array;
  /** When it was added to the list of known exploited vulnerabilities, Unix milliseconds; 0 where it is not on it. */
  kevAt: Float64Array;
  /** EPSS and CVSS scores; not a number where there is none. */
  epss: Float64Array;
  score: Float64Array;
};

/** Nothing yet. */
export function noGroupPriorities(lines: PriorityLines): GroupPriorities {
  return { lines, of: [], ...emptyColumns(0) };
}

/** Takes what changed in the groups, or in the lines; gives the slots that changed. */
export function followGroups(priorities: GroupPriorities, estate: Estate, lines: PriorityLines): ReadonlySet<number> {
  const changed = new Set<number>();
  const isWhole = priorities.lines !== lines;
  priorities.lines = lines;
  makeRoom(priorities, estate.groups.length);
  for (let slot = 0; slot < estate.groups.length; slot += 1) {
    const group = estate.groups[slot];
    if (group === undefined || (!isWhole && priorities.of[slot] === group)) continue;
    priorities.of[slot] = group;
    const known = { malicious: group.malicious, kev: group.kev !== null, epss: group.epss?.score ?? null };
    const kind = groupKind(known, group.severity.level, lines);
    const points =
      pointsOf(severityValue(group.severity), lines.weights.severity) + pointsOf(exploitationValue(known, lines), lines.weights.exploitation);
    const kevAt = group.kev === null ? 0 : Date.parse(group.kev) || 0;
    const urgent = group.malicious ? 2 : group.kev === null ? 0 : 1;
    const [epss, score] = [known.epss ?? Number.NaN, group.severity.score ?? Number.NaN];
    const now = { kind, points, urgent, kevAt, epss, score };
    if ((Object.keys(now) as (keyof typeof now)[]).every((each) => Object.is(priorities[each][slot], now[each]))) continue;
    changed.add(slot);
    priorities.epss[slot] = epss;
    priorities.score[slot] = score;
    priorities.kind[slot] = kind;
    priorities.points[slot] = points;
    priorities.kevAt[slot] = kevAt;
    priorities.urgent[slot] = urgent;
  }
  return changed;
}

/** Exploitation and severity as one number, for `actionCode`. */
export function groupKind(known: Parameters<typeof exploitationOf>[0], severity: SeverityLevel, lines: PriorityLines): number {
  return exploitations.indexOf(exploitationOf(known, lines)) * severityLevels.length + severityLevels.indexOf(severity);
}

/** Place in `actions` for every kind of group, tier, exposure and use: the decision table, looked up by number. */
const actionCodes: Uint8Array = Uint8Array.from(
  exploitations.flatMap((exploitation) =>
    severityLevels.flatMap((severity) =>
      tiers.flatMap((tier) =>
        exposures.flatMap((exposure) =>
          (['shipped', 'development'] as const).map((use) => actions.indexOf(rowFor({ exploitation, severity, tier, exposure, use }).action)),
        ),
      ),
    ),
  ),
);

/** Where the actions of a tier and an exposure begin, for a kind of group. */
export function actionCode(kind: number, tier: number, exposure: number, isShipped: boolean): number {
  return actionCodes[((kind * tiers.length + tier) * exposures.length + exposure) * 2 + (isShipped ? 0 : 1)] ?? 0;
}

function makeRoom(priorities: GroupPriorities, size: number): void {
  if (size <= priorities.kind.length) return;
  const { kind, points, urgent, kevAt, epss, score } = priorities;
  Object.assign(priorities, emptyColumns(Math.max(1024, Math.ceil(size * 1.25))));
  priorities.kind.set(kind);
  priorities.points.set(points);
  priorities.urgent.set(urgent);
  priorities.kevAt.set(kevAt);
  priorities.epss.set(epss);
  priorities.score.set(score);
}

function emptyColumns(room: number): Omit<GroupPriorities, 'lines' | 'of'> {
  return {
    kind: new Uint8Array(room),
    points: new Float64Array(room),
    urgent: new Uint8Array(room),
    kevAt: new Float64Array(room),
    epss: new Float64Array(room),
    score: new Float64Array(room),
  };
}
