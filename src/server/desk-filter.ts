import { certainties, clockKinds } from '#desk/clocks/clock-kind.ts';
import { triageStates } from '#desk/triage/triage-state.ts';
import type { FindingFilter } from '#operations/triage/findings-in-order.ts';
import type { Triage } from '#operations/triage/live-triage.ts';
import { actions } from '#model/action.ts';
import { yesNo } from './filters.ts';
import type { FindingQuery } from './schemas/finding.ts';

type DeskFilter = Omit<FindingFilter, 'groups' | 'packageSlot'>;

/** What a query asks of the desk. */
export function deskFilter(triage: Triage, query: FindingQuery): DeskFilter {
  const { overdue, dueWithin, baseline, assignee } = query;
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
    rest: assignee === undefined ? null : (component, row) => (triage.columnsOf(component).assignees.get(row) ?? 'none') === assignee,
  };
}

/** Whether a query asks something that only the desk can answer. */
export function asksTheDesk({ triage, action, clock, certainty, overdue, dueWithin, baseline, assignee }: FindingQuery): boolean {
  return [triage, action, clock, certainty, overdue, dueWithin, baseline, assignee].some((each) => each !== undefined);
}

/** 1 at the place of each word named; null when none is asked for. */
function codesOf(text: string | undefined, words: readonly string[]): Uint8Array | null {
  if (text === undefined) return null;
  const wanted = new Set(text.split(','));
  return Uint8Array.from(words, (word) => (wanted.has(word) ? 1 : 0));
}
