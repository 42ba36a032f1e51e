import type { Finding, FindingDetail } from '#server/schemas/finding.ts';
import { act, keyOf } from '../../parts/acts.ts';
import type { HoldReason } from '../../parts/acts.ts';
import { offerUndo } from '../../parts/undo.ts';
import { counted } from '../../parts/words.ts';
import type { Draft } from './decision-draft.ts';
import { endOfDay, predicateOf } from './decision-draft.ts';
import type { Targets } from './selection.ts';
import { justificationWords, verdictWords } from '../../parts/verdict-words.ts';

/** What is done again after something was done or taken back: asking anew what is shown. */
export type Refresh = () => Promise<void>;

/** Records a decision under an id, once however often it is sent, and offers to take it back. `expects` is the last act that was seen. */
export async function recordDecision(
  { draft, targets, id, expects }: { readonly draft: Draft; readonly targets: Targets; readonly id: string; readonly expects: number | undefined },
  refresh: Refresh,
): Promise<void> {
  const { verdict, justification, responses, reason, control, until, owner, reach, coversFuture } = draft;
  if (verdict === null) return;
  const body = {
    ...{ id, verdict, justification, responses, owner },
    predicate: predicateOf(reach, targets),
    until: endOfDay(until),
    coversFuture: reach !== 'these' && coversFuture,
  };
  await act('decide', { body, words: { reason: reason.trim(), control: control.trim() === '' ? null : control.trim() } }, { expects, key: id });
  offerUndo({
    said: `${verdictWords[verdict]}: ${saidOf(targets)}.`,
    undo: async () => {
      await act('withdraw-decision', { body: { decision: id }, words: { reason: 'Undone at once.' } });
      await refresh();
    },
  });
}

/** Says beside each finding what one would decide, and gives them to somebody who may. */
export async function propose(draft: Draft, { findings }: Targets, to: string | null, refresh: Refresh): Promise<void> {
  const { verdict, justification, reason, control, until } = draft;
  const said = [
    `Proposes: ${verdict === null ? 'a look' : verdictWords[verdict]}${justification === null ? '' : ` (${justificationWords[justification]})`}.`,
    reason.trim(),
    ...(control.trim() === '' ? [] : [`Control: ${control.trim()}`]),
    ...(until === '' ? [] : [`Until ${until}.`]),
  ];
  for (const finding of findings) await act('comment', { body: { finding: keyOf(finding) }, words: { text: said.join('\n') } });
  if (to !== null) await assign(findings, to, undefined, refresh);
}

/** Gives findings to a person or `team:…`, or back where `to` is null, and offers to take it back. */
export async function assign(findings: readonly Finding[], to: string | null, expects: number | undefined, refresh: Refresh): Promise<void> {
  await act('assign', { body: { findings: findings.map(keyOf), to }, words: null }, { expects });
  offerUndo({
    said: `${to === null ? 'Given back' : 'Assigned'}: ${counted(findings.length, 'finding')}.`,
    undo: async () => {
      for (const [before, group] of Map.groupBy(findings, (finding) => finding.assignee))
        await act('assign', { body: { findings: group.map(keyOf), to: before }, words: null });
      await refresh();
    },
  });
}

/** How long and why clocks are held. */
export type Hold = { readonly because: HoldReason; readonly until: string; readonly reason: string };

/** Holds the clocks of findings until a day and offers to let them go on. Those without an advisory have none. */
export async function holdClocks(findings: readonly Finding[], { because, until, reason }: Hold, refresh: Refresh): Promise<void> {
  const clocks = findings.flatMap((finding) =>
    finding.advisory === null ? [] : [{ component: finding.component.ref, advisory: finding.advisory.key }],
  );
  for (const clock of clocks)
    await act('pause-clock', { body: { ...clock, because, until: endOfDay(until) ?? '' }, words: { reason: reason.trim() } });
  offerUndo({
    said: `Held: ${counted(clocks.length, 'clock')} until ${until}.`,
    undo: async () => {
      for (const clock of clocks) await act('resume-clock', { body: clock, words: { reason: 'Undone at once.' } });
      await refresh();
    },
  });
}

/** What somebody else's tracker gets to know of a finding, as text. */
export function ticketText(finding: FindingDetail, address: string): string {
  const name = finding.package?.name ?? finding.subject;
  return [
    `${finding.title} (${name} ${finding.versions.join(', ')} in ${finding.component.name})`,
    '',
    `${finding.advisory?.ids.join(', ') ?? finding.rule}, ${finding.severity}${finding.kev === null ? '' : ', known to be exploited'}`,
    finding.reason,
    finding.fix === null ? 'No fixed version is named.' : `Raise ${name} to ${finding.fix}.`,
    ...(finding.due === null ? [] : [`Due ${finding.due.slice(0, 10)}.`]),
    address,
  ].join('\n');
}

function saidOf({ count, findings }: Targets): string {
  const [first] = findings;
  return count === 1 && first !== undefined ? `${first.package?.name ?? first.subject} in ${first.component.name}` : counted(count, 'finding');
}
