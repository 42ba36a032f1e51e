import type { DecisionIndex } from '#desk/decisions/decision-index.ts';
import { decisionFor, indexDecisions, type Applied } from '#desk/decisions/decision-index.ts';
import type { Decision } from '#desk/decisions/decisions.ts';
import type { Desk } from '#desk/desk.ts';
import { policyInForce } from '#desk/policy/policies.ts';
import type { Estate } from '#estate/estate.ts';
import type { FindingPlace } from '#estate/questions/findings.ts';
import { isInRange, judgedAt } from './findings-meeting.ts';

/** A decision about a finding, as clients see it. Times are ISO 8601. */
export type DecisionView = {
  readonly id: string;
  readonly verdict: Decision['verdict'];
  readonly by: string;
  readonly at: string;
  readonly until: string | null;
  readonly justification: Decision['justification'];
  readonly responses: Decision['responses'];
  /** Null once erased. */
  readonly reason: string | null;
  /** Where it came from when nobody made it here. */
  readonly imported: { readonly source: string; readonly file: string | null; readonly line: number | null } | null;
  /** `counts`, or why it does not. */
  readonly standing: 'counts' | Applied['others'][number]['because'];
};

/** Every decision that means an open finding: first the one that counts, if any, then the others with why they do not. */
export function decisionsOn(estate: Estate, desk: Desk, place: FindingPlace, now: number): readonly DecisionView[] {
  const { decision, others } = appliedTo(estate, desk, place, now);
  const shown = others.map((each) => viewOf(desk, each.decision, each.because));
  return decision === null ? shown : [viewOf(desk, decision, 'counts'), ...shown];
}

/** The decision that counts for an open finding, if any, and the others. */
export function appliedTo(estate: Estate, desk: Desk, place: FindingPlace, now: number): Applied {
  const judged = judgedAt(estate, place);
  const group = estate.groups[estate.findings[place.component]?.group[place.row] ?? -1];
  if (judged === null || group === undefined) return { decision: null, others: [] };
  const { epssJump } = policyInForce(desk.policies).policy.reopen;
  return decisionFor(indexOf(desk), judged, { kev: group.kev !== null, epss: group.epss?.score ?? null, epssJump }, now, isInRange);
}

const kept = new WeakMap<Desk, { readonly seq: number; readonly index: DecisionIndex }>();

/** The index of a desk's decisions, kept until somebody does something. */
function indexOf(desk: Desk): DecisionIndex {
  const known = kept.get(desk);
  if (known?.seq === desk.seq) return known.index;
  const index = indexDecisions(desk.decisions);
  kept.set(desk, { seq: desk.seq, index });
  return index;
}

function viewOf(desk: Desk, decision: Decision, standing: DecisionView['standing']): DecisionView {
  const { id, verdict, author, at, until, justification, responses, words, imported } = decision;
  const from = desk.imports.get(id);
  return {
    id,
    verdict,
    by: author,
    at: new Date(at).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    justification,
    responses,
    reason: words?.reason ?? null,
    imported: imported === null || from === undefined ? null : { source: from.source, file: from.file, line: from.line },
    standing,
  };
}
