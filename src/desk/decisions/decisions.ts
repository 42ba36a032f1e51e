import type { Basis, Extent } from './extent.ts';
import type { Predicate } from './predicate.ts';
import type { Justification, Response, Verdict } from './verdict.ts';

/** A decision and what became of it. Times are Unix milliseconds. */
export type Decision = {
  readonly id: string;
  /** Number of the act that made it. */
  readonly seq: number;
  readonly at: number;
  readonly author: string;
  readonly verdict: Verdict;
  readonly predicate: Predicate;
  readonly coversFuture: boolean;
  readonly justification: Justification | null;
  readonly responses: readonly Response[];
  /** When it ends; null for verdicts that need no end. */
  readonly until: number | null;
  /** Pseudonym of who bears an accepted risk; null elsewhere. */
  readonly owner: string | null;
  readonly extent: Extent;
  /** Components that it reached when it was made. */
  readonly covered: ReadonlySet<string>;
  /** Null once erased. */
  readonly words: DecisionWords | null;
  /** Where it came from when nobody decided it here (`import:dependency-track`); null for the office's own. */
  readonly imported: string | null;
  /** True while nobody here stands behind what was imported: it waits and does not count. */
  readonly unconfirmed?: true;
  approval: { readonly state: 'not-needed' | 'waiting' } | { readonly state: 'approved' | 'refused'; readonly by: string; readonly at: number };
  /** The decision whose place it took or asks to take; null for none. */
  readonly supersedes: string | null;
  /** The decision that took its place; null while none did. */
  supersededBy: string | null;
  /** When it was taken back; null while it was not. */
  withdrawnAt: number | null;
};

/** What people wrote with a decision. */
export type DecisionWords = { readonly reason: string; readonly control: string | null };

/** All decisions ever made, by id. */
export type Decisions = { readonly byId: Map<string, Decision> };

/** No decisions. */
export function noDecisions(): Decisions {
  return { byId: new Map() };
}

/** Whether a decision holds at a moment, and if not, why. */
export type Standing = 'holds' | 'waiting' | 'refused' | 'superseded' | 'withdrawn' | 'expired';

/** How a decision stands at a moment, whatever finding it is asked for. */
export function standingOf(decision: Decision, now: number): Standing {
  if (decision.withdrawnAt !== null) return 'withdrawn';
  if (decision.supersededBy !== null) return 'superseded';
  if (decision.approval.state === 'waiting') return 'waiting';
  if (decision.approval.state === 'refused') return 'refused';
  return decision.until !== null && decision.until <= now ? 'expired' : 'holds';
}

// What these say of the code stays true, however much a vulnerability is exploited elsewhere.
const unmovedJustifications: ReadonlySet<Justification> = new Set(['code_not_present', 'code_not_reachable', 'requires_dependency']);

/** What is known of a group now; `epssJump` is how far EPSS may rise over what a decision rested on before it no longer holds. */
export type KnownNow = Pick<Basis, 'kev' | 'epss'> & { readonly epssJump: number };

/** Why a decision no longer holds for a group although nobody touched it: it became known as exploited, or much more likely to be. Null while it holds. */
export function jumpSince(decision: Decision, groupKeys: readonly string[], now: KnownNow): 'kev' | 'epss' | null {
  if (decision.verdict === 'in-triage' || decision.verdict === 'exploitable' || decision.verdict === 'false-positive') return null;
  if (decision.justification !== null && unmovedJustifications.has(decision.justification)) return null;
  const key = groupKeys.find((each) => decision.extent.basis[each] !== undefined);
  const before = key === undefined ? undefined : decision.extent.basis[key];
  if (now.kev && before?.kev !== true) return 'kev';
  return before !== undefined && now.epss !== null && now.epss - (before.epss ?? 0) >= now.epssJump ? 'epss' : null;
}
