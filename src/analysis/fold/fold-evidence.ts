import type { ClosedSegment } from '#language/packed/closed-segments.ts';
import type { OpenOccurrence } from '#language/packed/open-occurrences.ts';
import { learntAbsent, learntPresent, utcDay, type Observation } from './observation.ts';

/** An evidence's inventory with its past: the state of the fold after some observations. */
export type EvidenceState = {
  /** By interned package version. */
  readonly open: ReadonlyMap<number, OpenOccurrence>;
  readonly closed: readonly ClosedSegment[];
  /** The last observation that showed it, in the order of the fold; null before the first. */
  readonly last: { readonly seq: number; readonly validAt: number } | null;
  /** When a receipt last showed it, whatever its place in the order; null before the first. */
  readonly seenAt: number | null;
  /** It was shown to be gone. */
  readonly ended: boolean;
  /** When we last really saw it, if the newest receipts could not show it; null when it is fresh. */
  readonly staleSince: number | null;
};

/** Before any observation. */
export const unseen: EvidenceState = { open: new Map(), closed: [], last: null, seenAt: null, ended: false, staleSince: null };

/**
 * Folds all observations of one evidence into its inventory with two clocks (model.md 5–9). A pure function of the set:
 * the order given does not matter, since they are ordered by (validAt, seq) and each holds until the next.
 */
export function foldEvidence(observations: readonly Observation[]): EvidenceState {
  const fold = foldInOrder();
  for (const each of [...observations].sort((a, b) => a.validAt - b.validAt || a.seq - b.seq)) fold.add(each);
  return fold.state();
}

/** The same fold for a past too long to be held at once: takes the observations one by one, in the order of (validAt, seq). */
export type OrderedFold = { add(next: Observation): void; state(): EvidenceState };

/** Begins one. */
export function foldInOrder(): OrderedFold {
  let state = unseen;
  let before: Observation | null = null;
  // By arrival, which is another order: whether the newest one could show it, and the newest that could.
  let newest: Observation | null = null;
  let newestShown: Observation | null = null;
  return {
    add(next) {
      if (isNewer(next, newest)) newest = next;
      if (next.state === 'stale') return;
      if (isNewer(next, newestShown)) newestShown = next;
      state = before !== null && saysTheSame(before, next) ? seenAgain(state, next) : shown(state, next);
      before = next;
    },
    state: () => ({ ...state, staleSince: newest?.state === 'stale' ? (newestShown?.receivedAt ?? null) : null }),
  };
}

function isNewer(next: Observation, than: Observation | null): boolean {
  return than === null || next.receivedAt > than.receivedAt || (next.receivedAt === than.receivedAt && next.seq > than.seq);
}

/** One reading, the very same as before and not received earlier, moves nothing but the last look. */
function saysTheSame(before: Observation, next: Observation): boolean {
  const [reading] = next.readings;
  return (
    reading !== undefined &&
    next.readings.length === 1 &&
    before.readings.length === 1 &&
    before.readings[0]?.items === reading.items &&
    next.receivedAt >= before.receivedAt
  );
}

function seenAgain(state: EvidenceState, next: Observation): EvidenceState {
  return { ...state, last: { seq: next.seq, validAt: next.validAt }, seenAt: Math.max(state.seenAt ?? 0, next.receivedAt) };
}

/** True when one more observation only adds a step at the end, so that `observe` gives what the whole fold would. */
export function comesLast(state: EvidenceState, next: Observation): boolean {
  if (state.last === null || state.seenAt === null) return true;
  return (
    next.receivedAt >= state.seenAt &&
    (next.state === 'stale' || next.validAt > state.last.validAt || (next.validAt === state.last.validAt && next.seq > state.last.seq))
  );
}

/** The next state after an observation that comes last. */
export function observe(state: EvidenceState, next: Observation): EvidenceState {
  if (next.state === 'stale') return { ...state, staleSince: state.staleSince ?? state.seenAt };
  return { ...shown(state, next), staleSince: null };
}

function shown(state: EvidenceState, next: Observation): EvidenceState {
  const items = next.readings.at(-1)?.items ?? new Map<number, number>();
  const day = utcDay(next.validAt);
  const open = new Map<number, OpenOccurrence>();
  const ending: ClosedSegment[] = [];
  for (const [id, before] of state.open) {
    if (items.has(id)) continue;
    const knownUntil = Math.max(before.knownFrom, learntAbsent(next, id));
    ending.push({
      id,
      flags: before.flags,
      validFrom: before.validFrom,
      validUntil: Math.max(day, before.validFrom),
      knownFrom: before.knownFrom,
      knownUntil,
      retracted: false,
    });
  }
  for (const [id, flags] of items) {
    const before = state.open.get(id);
    const knownFrom = learntPresent(next, id) ?? next.receivedAt;
    open.set(id, { id, flags, validFrom: before?.validFrom ?? day, knownFrom: Math.min(before?.knownFrom ?? knownFrom, knownFrom) });
  }
  ending.push(...retractedBy(next, items, state.open));
  const closed = ending.length === 0 ? state.closed : [...state.closed, ...ending];
  const last = { seq: next.seq, validAt: next.validAt };
  return { open, closed, last, seenAt: Math.max(state.seenAt ?? 0, next.receivedAt), ended: next.state === 'absent', staleSince: state.staleSince };
}

/** What an earlier reading of these bytes said and the last one takes back; it has a known interval and was never true. */
function retractedBy(next: Observation, items: ReadonlyMap<number, number>, openBefore: ReadonlyMap<number, OpenOccurrence>): ClosedSegment[] {
  const segments = new Map<number, ClosedSegment>();
  for (const reading of next.readings.slice(0, -1)) {
    for (const [id, flags] of reading.items) {
      if (items.has(id) || openBefore.has(id) || segments.has(id)) continue;
      const knownFrom = Math.max(next.receivedAt, reading.readAt);
      segments.set(id, {
        id,
        flags,
        validFrom: 0,
        validUntil: 0,
        knownFrom,
        knownUntil: Math.max(knownFrom, learntAbsent(next, id)),
        retracted: true,
      });
    }
  }
  return [...segments.values()];
}
