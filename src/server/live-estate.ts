import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyEstate, type Estate } from '#estate/estate.ts';
import type { Comparison } from '#estate/questions/changes.ts';
import { visibilityKey, type Visibility } from '#model/visibility.ts';
import { compareDays } from '#operations/compare-days.ts';
import { estateAsOf } from '#operations/estate-as-of.ts';
import { followEstate, loadEstate } from '#operations/follow-estate.ts';
import type { Context } from '#operations/context.ts';
import type { LiveDesk } from '#operations/live-desk.ts';
import { openLiveTriage, type Triage } from '#operations/triage/live-triage.ts';
import { Refusal } from './refusal.ts';

/** The estate this process holds, kept up to date with the store. */
export type LiveEstate = {
  /** Null until it is loaded. */
  current(): Estate | null;
  /** Why what it says may be behind, in a few words; null while the store answers. */
  trouble(): string | null;
  /** Resolves once everything that was recorded before the call is in it. */
  catchUp(): Promise<Estate>;
  /** The estate at the end of a UTC day; the last day asked for is kept. */
  asOf(day: number): Promise<Estate>;
  /** The end of a UTC day compared with that of a later one, or with now for null; the last few comparisons are kept. */
  compared(from: number, to: number | null, visibility: Visibility): Promise<Comparison>;
  /** False while the open findings are judged for the first time after the start. */
  isJudged(): boolean;
  /** How the open findings of an estate stand on the desk now; waits for the first judging. */
  triage(of: Estate): Promise<Triage>;
  /** Ecosystems that some advisory names packages of: elsewhere no finding means nothing. */
  coveredEcosystems(): ReadonlySet<string>;
  /** Kind of the source that an origin is of. */
  sourceOf(origin: string): string;
  /** For the few answers that need none. */
  readonly empty: Estate;
  /** Another one after every start, so that what a browser kept from an earlier build is not taken for this one's. */
  readonly started: string;
  close(): Promise<void>;
};

const pollMs = 200;
const silentAfterMs = 15_000;
const keptComparisons = 4;
// Ten million take longer; whoever waits asks again, and an office that closes waits for whoever asks.
const judgingMs = 10_000;

/**
 * Begins to load the estate and the desk, and follows the store from then on. `failed` hears once of a store that does not answer; following goes on
 * until it does again.
 */
export function openLiveEstate({ store, clock }: Pick<Context, 'store' | 'clock'>, desk: LiveDesk, failed: (error: unknown) => void): LiveEstate {
  const triage = openLiveTriage();
  let estate: Estate | null = null;
  let covered: ReadonlySet<string> = new Set();
  let groups = -1;
  let sources: ReadonlyMap<string, string> = new Map();
  let components = -1;
  let closed = false;
  let isAway = false;
  let answeredAt = performance.now();
  const firstJudged = Promise.withResolvers<undefined>();
  let isJudged = false;
  let past: { readonly day: number; readonly seq: number; readonly estate: Promise<Estate> } | null = null;

  const step = async (): Promise<Estate> => {
    await desk.catchUp(store);
    const next = estate === null ? await loadEstate(store) : await followEstate(store, estate);
    if (next.groups.length !== groups) {
      covered = new Set(await store.advisoryEcosystems());
      groups = next.groups.length;
    }
    if (next.components.length !== components) {
      sources = new Map((await store.sources()).map((row) => [row.origin, row.source]));
      components = next.components.length;
    }
    // What does not ask how findings stand is answered while ten million are judged for the first time.
    estate = next;
    await triage.follow(store, next, desk.desk, clock());
    answeredAt = performance.now();
    isJudged = true;
    firstJudged.resolve(undefined);
    return next;
  };
  // One after the other: two steps at once would apply the same changes twice.
  let running: Promise<unknown> = Promise.resolve();
  const catchUp = (): Promise<Estate> => {
    const next = running.then(step);
    running = next.catch(() => undefined);
    return next;
  };

  const poll = async (): Promise<void> => {
    while (!closed) {
      try {
        await catchUp();
        answeredAt = performance.now();
        isAway = false;
      } catch (error) {
        // Said once, not several times a second.
        if (!isAway) failed(error);
        isAway = true;
      }
      await wait();
    }
  };
  let wake: () => void = () => undefined;
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const following = poll();

  const asOf = async (day: number): Promise<Estate> => {
    const now = estate ?? (await catchUp());
    if (past?.day !== day || past.seq !== now.seq) past = { day, seq: now.seq, estate: estateAsOf(store, day, now) };
    return past.estate;
  };
  const comparisons = new Map<string, Promise<Comparison>>();
  const compare = async (from: number, to: number | null, visibility: Visibility): Promise<Comparison> => {
    const before = await asOf(from);
    const after = to === null ? (estate ?? (await catchUp())) : await asOf(to);
    return compareDays(store, { before, after, from }, visibility);
  };

  return {
    current: () => estate,
    trouble() {
      if (isAway) return 'the store does not answer';
      const silentMs = performance.now() - answeredAt;
      return isJudged && silentMs > silentAfterMs ? `the store has not answered for ${String(Math.round(silentMs / 1000))} seconds` : null;
    },
    catchUp,
    asOf,
    compared(from, to, visibility) {
      const key = [estate?.seq, from, to, visibilityKey(visibility)].join(' ');
      const known = comparisons.get(key);
      if (known !== undefined) return known;
      const comparison = compare(from, to, visibility);
      comparisons.set(key, comparison);
      comparison.catch(() => comparisons.delete(key));
      const [oldest] = comparisons.keys();
      if (comparisons.size > keptComparisons && oldest !== undefined) comparisons.delete(oldest);
      return comparison;
    },
    isJudged: () => isJudged,
    async triage(of) {
      if (!isJudged) await Promise.race([firstJudged.promise, pause(judgingMs, undefined, { ref: false })]);
      if (!isJudged) throw new Refusal(503, 'The findings are being judged. Ask again in a moment.', { 'retry-after': '2' });
      return triage.of(of, desk.desk, clock());
    },
    coveredEcosystems: () => covered,
    sourceOf: (origin) => (origin.startsWith('upload:') ? 'upload' : (sources.get(origin) ?? 'git')),
    empty: emptyEstate(),
    started: randomBytes(6).toString('hex'),
    async close() {
      closed = true;
      wake();
      await following;
    },
  };
}
