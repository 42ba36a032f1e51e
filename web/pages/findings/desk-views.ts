import type { Search } from '../../parts/search-params.ts';

/** A ready-made cut of the desk. */
export type DeskView = { readonly id: string; readonly title: string; readonly words: Search };

const undecided = 'open,in-triage,exploitable,workaround,fixed-in-source,built';

/** The cuts of the desk from left to right; `view` in the address names one, and without it everything that is open is shown. */
export const deskViews: readonly DeskView[] = [
  { id: 'for-me', title: 'For me', words: { mine: 'true', triage: undecided } },
  { id: 'overdue', title: 'Overdue', words: { overdue: 'true' } },
  { id: 'due', title: 'Due in 7 days', words: { dueWithin: '7', overdue: 'false' } },
  // Nobody has decided anything, and it was not there at the first look.
  { id: 'new', title: 'New', words: { triage: 'open', baseline: 'false' } },
  { id: 'no-owner', title: 'No owner', words: { owner: 'none', triage: undecided } },
  { id: 'unknown', title: 'Unknown severity', words: { severity: 'unknown', triage: undecided } },
  { id: 'all', title: 'All open', words: {} },
];

/** The view that shows decisions instead of findings. */
export const approvalsView = 'approvals';

/** The filters of a list of findings: those of the view, then those of the address, which go before. */
export function filtersOf(search: Search, filterWords: readonly string[]): Search {
  const ofView = deskViews.find((view) => view.id === search['view'])?.words ?? {};
  const set = Object.fromEntries([...filterWords, 'q', 'asOf'].flatMap((word) => (search[word] === undefined ? [] : [[word, search[word]]])));
  return { ...ofView, ...set };
}
