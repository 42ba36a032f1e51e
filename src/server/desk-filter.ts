import { certainties, clockKinds } from '#desk/clocks/clock-kind.ts';
import { triageStates } from '#desk/triage/triage-state.ts';
import type { Triage } from '#operations/triage/live-triage.ts';
import { actions } from '#model/action.ts';
import { yesNo } from './filters.ts';
import type { FindingQuery } from './schemas/finding.ts';

/** The filters of findings that only the desk can answer; null when none is asked for. */
export function deskFilter(triage: Triage, query: FindingQuery): ((component: number, row: number) => boolean) | null {
  const { overdue, dueWithin, baseline, assignee } = query;
  const states = codesOf(query.triage, triageStates);
  const [wantedActions, clocks, owners] = [codesOf(query.action, actions), codesOf(query.clock, clockKinds), codesOf(query.certainty, certainties)];
  if ([states, wantedActions, clocks, owners, overdue, dueWithin, baseline, assignee].every((each) => each === undefined || each === null))
    return null;
  const minute = Math.floor(triage.judging.now / 60_000);
  const until = minute + (dueWithin ?? 0) * 24 * 60;
  const planned = clockKinds.indexOf('baseline');
  return (component, row) => {
    const columns = triage.columnsOf(component);
    if (owners !== null && owners[columns.certainty] !== 1) return false;
    if (states !== null && states[columns.state[row] ?? 0] !== 1) return false;
    if (wantedActions !== null && wantedActions[columns.action[row] ?? 0] !== 1) return false;
    if (clocks !== null && clocks[columns.clock[row] ?? 0] !== 1) return false;
    const due = columns.due[row] ?? 0;
    if (!yesNo(overdue, due !== 0 && due <= minute)) return false;
    if (dueWithin !== undefined && (due === 0 || due > until)) return false;
    if (!yesNo(baseline, columns.clock[row] === planned)) return false;
    return assignee === undefined || (columns.assignees.get(row) ?? 'none') === assignee;
  };
}

/** 1 at the place of each word named; null when none is asked for. */
function codesOf(text: string | undefined, words: readonly string[]): Uint8Array | null {
  if (text === undefined) return null;
  const wanted = new Set(text.split(','));
  return Uint8Array.from(words, (word) => (wanted.has(word) ? 1 : 0));
}
