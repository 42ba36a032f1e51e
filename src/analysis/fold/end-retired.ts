import type { ClosedSegment } from '#language/packed/closed-segments.ts';
import type { EvidenceState } from './fold-evidence.ts';
import { utcDay } from './observation.ts';

/**
 * An inventory whose component was retired at `at` (Unix milliseconds): what stood then ended on that day, known at that moment, and what came later never
 * was in use. A pure function of the fold of all observations, so that it does not matter which of them came after.
 */
export function endRetired(state: EvidenceState, at: number): EvidenceState {
  const day = utcDay(at);
  const closed: ClosedSegment[] = [];
  for (const each of state.closed) {
    if (each.retracted) closed.push(each.knownUntil > at ? { ...each, knownUntil: Math.max(each.knownFrom, at) } : each);
    else if (each.validUntil <= day && each.knownUntil <= at) closed.push(each);
    else if (each.validFrom <= day) closed.push(ended(each, each.validUntil, each.knownUntil));
  }
  for (const each of state.open.values()) {
    if (each.validFrom <= day) closed.push(ended({ ...each, retracted: false }, Infinity, Infinity));
  }
  // Which observation came last would tell of what was seen afterwards.
  const last = state.last === null ? null : { seq: state.last.seq, validAt: at };
  return { open: new Map(), closed, last, seenAt: state.seenAt === null ? null : at, ended: true, staleSince: null };

  function ended(each: Omit<ClosedSegment, 'validUntil' | 'knownUntil'>, validUntil: number, knownUntil: number): ClosedSegment {
    return {
      id: each.id,
      flags: each.flags,
      validFrom: each.validFrom,
      validUntil: Math.max(each.validFrom, Math.min(validUntil, day)),
      knownFrom: each.knownFrom,
      knownUntil: Math.max(each.knownFrom, Math.min(knownUntil, at)),
      retracted: false,
      ...(knownUntil > at ? { retired: true } : {}),
    };
  }
}
