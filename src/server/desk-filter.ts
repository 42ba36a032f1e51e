import { certainties, clockKinds } from '#desk/clocks/clock-kind.ts';
import { triageStates } from '#desk/triage/triage-state.ts';
import type { FindingFilter } from '#operations/triage/findings-in-order.ts';
import type { Triage } from '#operations/triage/live-triage.ts';
import { actions } from '#model/action.ts';
import { yesNo } from './filters.ts';
import type { FindingQuery } from './schemas/finding.ts';

type DeskFilter = Omit<FindingFilter, 'groups' | 'packageSlot'>;

/** Who asks, for what is theirs. */
export type Asker = { readonly id: string; readonly teams: readonly string[] };

/** What a query asks of the desk. */
export function deskFilter(triage: Triage, query: FindingQuery, asker: Asker): DeskFilter {
  const { overdue, dueWithin, baseline } = query;
  const minute = Math.floor(triage.judging.now / 60_000);
  const owners = codesOf(query.certainty, certainties);
  const until = [...(overdue === 'true' ? [minute] : []), ...(dueWithin === undefined ? [] : [minute + dueWithin * 24 * 60])];
  const planned = clockKinds.indexOf('baseline');
  const clock = codesOf(query.clock, clockKinds);
  return {
    isComponent: owners === null ? null : (component) => owners[triage.columnsOf(component).certainty] === 1,
    state: codesOf(query.triage, triageStates),
    action: codesOf(query.action, actions),
    clock:
      baseline === undefined ? clock : Uint8Array.from(clockKinds, (_, code) => (clock?.[code] !== 0 && yesNo(baseline, code === planned) ? 1 : 0)),
    dueUntil: until.length === 0 ? null : Math.min(...until),
    notDueUntil: overdue === 'false' ? minute : null,
    rest: assigneeFilter(triage, query, asker),
  };
}

/** What somebody has, and what is the asker's: given to them or one of their teams, or given to nobody and of one of their teams. */
function assigneeFilter(triage: Triage, { assignee, mine }: FindingQuery, { id, teams }: Asker): DeskFilter['rest'] {
  if (assignee === undefined && mine === undefined) return null;
  const [names, own] = [new Set([id, ...teams.map((team) => `team:${team}`)]), new Set<string | null>(teams)];
  return (component, row) => {
    const has = triage.columnsOf(component).assignees.get(row);
    if (assignee !== undefined && (has ?? 'none') !== assignee) return false;
    return yesNo(mine, has === undefined ? own.has(triage.judging.estate.components[component]?.team ?? null) : names.has(has));
  };
}

/** Whether a query asks something that only the desk can answer. */
export function asksTheDesk({ triage, action, clock, certainty, overdue, dueWithin, baseline, assignee, mine }: FindingQuery): boolean {
  return [triage, action, clock, certainty, overdue, dueWithin, baseline, assignee, mine].some((each) => each !== undefined);
}

/** 1 at the place of each word named; null when none is asked for. */
function codesOf(text: string | undefined, words: readonly string[]): Uint8Array | null {
  if (text === undefined) return null;
  const wanted = new Set(text.split(','));
  return Uint8Array.from(words, (word) => (wanted.has(word) ? 1 : 0));
}
