import type { Pause } from '../clocks/due-day.ts';
import { candidatesFor, indexOf, isCovered, type DecisionIndex } from './decision-index.ts';
import { jumpSince, type Decision, type Decisions, type KnownNow } from './decisions.ts';
import { meets, type Judged } from './predicate.ts';
import type { Verdict } from './verdict.ts';

// While one of these held, nobody had to do anything.
const pausing: ReadonlySet<Verdict> = new Set(['workaround', 'accepted', 'not-affected', 'false-positive']);

/** Every decision that stops a clock or ever did, those that are over included. */
export function indexPauses({ byId }: Decisions): DecisionIndex {
  return indexOf(
    [...byId.values()].filter((each) => pausing.has(each.verdict) && each.approval.state !== 'waiting' && each.approval.state !== 'refused'),
  );
}

/**
 * When decisions stopped the clock of a finding. One that was overtaken by KEV did so until then; one overtaken by EPSS never did, since nobody
 * knows the day on which it was.
 */
export function decisionPauses(
  { index, byId }: { readonly index: DecisionIndex; readonly byId: Decisions['byId'] },
  finding: Judged,
  now: KnownNow & { readonly kevAt: number | null },
  isInRange: Parameters<typeof meets>[2],
): readonly Pause[] {
  const pauses: Pause[] = [];
  for (const decision of candidatesFor(index, finding)) {
    if (!meets(finding, decision.predicate, isInRange) || !isCovered(decision, finding)) continue;
    const jump = jumpSince(decision, finding.ids, now);
    if (jump === 'epss') continue;
    const from = effectiveAt(decision);
    const until = Math.min(endOf(decision, byId), jump === 'kev' ? (now.kevAt ?? from) : Infinity);
    if (until > from) pauses.push({ from, until });
  }
  return pauses;
}

function effectiveAt({ at, approval }: Decision): number {
  return approval.state === 'approved' ? approval.at : at;
}

function endOf({ until, withdrawnAt, supersededBy }: Decision, byId: Decisions['byId']): number {
  const next = supersededBy === null ? undefined : byId.get(supersededBy);
  return Math.min(until ?? Infinity, withdrawnAt ?? Infinity, next === undefined ? Infinity : effectiveAt(next));
}
