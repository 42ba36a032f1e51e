import { setImmediate } from 'node:timers/promises';
import type { Desk } from '#desk/desk.ts';
import { emptyDesk } from '#desk/desk.ts';
import type { Estate, EstateComponent } from '#estate/estate.ts';
import type { TriageColumns } from '#estate/triage-columns.ts';
import type { StoreReads } from '#store/store.ts';
import { judgeComponent, type Judging } from './component-triage.ts';
import { deskView, type DeskView } from './desk-view.ts';
import { followGroups, noGroupPriorities, type GroupPriorities } from './group-priorities.ts';
import { hitGroups, rowUses, useScratch } from './row-uses.ts';
import { countDone, countUpgrades, noTeamPlans, type TeamPlans } from './team-plans.ts';
import { changesOnDesk, componentsTouched, type DeskStamps } from './touched-components.ts';

/** How every open finding of an estate stands on the desk. */
export type Triage = {
  /** The columns of a component, which fit its findings as they are; made at once where they were not yet. */
  columnsOf(component: number): TriageColumns;
  readonly judging: Judging;
  readonly plans: TeamPlans;
};

/** The desk's columns that this process holds. */
export type LiveTriage = {
  /** Brings the columns up to date: what findings, components, groups, acts, the policy or the time changed, and nothing else. Much work is done in slices. */
  follow(reads: Pick<StoreReads, 'firstAdvisories' | 'loadFindingPacks'>, estate: Estate, desk: Desk, now: number): Promise<Triage>;
  /** The columns for an estate and a desk as they are now; what was not followed yet is made when it is asked for. */
  of(estate: Estate, desk: Desk, now: number): Triage;
};

const sliceMs = 20;

/** Columns that begin empty. Past estates have their own for as long as somebody holds them. */
export function openLiveTriage(): LiveTriage {
  const held = new WeakMap<Estate, Held>();
  const firstAdvisories = new Map<string, number>();
  const looked = (estate: Estate, desk: Desk, now: number): Held => {
    const known = held.get(estate) ?? newHeld(estate, desk);
    held.set(estate, known);
    look(known, desk, now);
    placeAdvisories(known, firstAdvisories);
    return known;
  };
  const triageOf = (known: Held, now: number): Triage => {
    const judging = { estate: known.estate, view: known.view, groups: known.groups, advisoriesAt: known.advisoriesAt, now };
    return { judging, plans: known.plans, columnsOf: (component) => columnsOf(known, judging, component) };
  };
  return {
    async follow(reads, estate, desk, now) {
      if (await takeFirstAdvisories(reads, estate, firstAdvisories)) held.delete(estate);
      const known = looked(estate, desk, now);
      await countDone(known.plans, reads, estate);
      const triage = triageOf(known, now);
      const isMuch = estate.components.length - known.columns.length > 1000;
      known.scratch.hitGroup = isMuch ? hitGroups(estate) : null;
      let from = performance.now();
      for (let slot = 0; slot < estate.components.length; slot += 1) {
        triage.columnsOf(slot);
        if (performance.now() - from < sliceMs) continue;
        await setImmediate();
        from = performance.now();
      }
      known.scratch.hitGroup = null;
      return triage;
    },
    of: (estate, desk, now) => triageOf(looked(estate, desk, now), now),
  };
}

/** Asks for the ecosystems in use of which no advisory was known when it was last asked; true when there is a new one. */
async function takeFirstAdvisories(reads: Pick<StoreReads, 'firstAdvisories'>, estate: Estate, known: Map<string, number>): Promise<boolean> {
  if (askedWith.get(known) === estate.recordsTaken) return false;
  const missing = [...new Set(estate.packages.map((each) => each.ecosystem))].filter((each) => each !== '' && !known.has(each));
  const found = await reads.firstAdvisories(missing);
  askedWith.set(known, estate.recordsTaken);
  for (const [ecosystem, at] of found) known.set(ecosystem, at);
  return found.size > 0;
}

const askedWith = new WeakMap<ReadonlyMap<string, number>, number>();

/** What is stale in the columns of a component: nothing, what the desk says, or how its packages are used, too. */
const stale = { no: 0, judged: 1, used: 2 } as const;

type Held = {
  readonly estate: Estate;
  readonly columns: (TriageColumns | undefined)[];
  readonly components: (EstateComponent | undefined)[];
  stale: Uint8Array;
  /** Until when the columns of a component hold if nothing happens, Unix milliseconds. */
  holdsUntil: Float64Array;
  nextAt: number;
  readonly groups: GroupPriorities;
  readonly stamps: DeskStamps;
  /** See `Judging`; filled for as many packages as `placed`. */
  advisoriesAt: Float64Array;
  placed: number;
  readonly plans: TeamPlans;
  readonly scratch: ReturnType<typeof useScratch>;
  view: DeskView;
  /** State of the estate that was last looked at. */
  seq: number;
};

function newHeld(estate: Estate, desk: Desk): Held {
  return {
    estate,
    columns: [],
    components: [],
    stale: new Uint8Array(0),
    holdsUntil: new Float64Array(0),
    nextAt: Infinity,
    groups: noGroupPriorities(deskView(estate, emptyDesk(), null).policy.policy.priority),
    stamps: new Map(),
    advisoriesAt: new Float64Array(0),
    placed: 0,
    plans: noTeamPlans(),
    scratch: useScratch(),
    view: deskView(estate, desk, null),
    seq: -1,
  };
}

/** Notes of packages not seen before when the first advisory of their ecosystem was received. */
function placeAdvisories(held: Held, firstAdvisories: ReadonlyMap<string, number>): void {
  const { packages } = held.estate;
  if (held.placed === packages.length) return;
  if (packages.length > held.advisoriesAt.length) {
    const larger = new Float64Array(Math.max(1024, Math.ceil(packages.length * 1.25)));
    larger.set(held.advisoriesAt);
    held.advisoriesAt = larger;
  }
  for (let slot = held.placed; slot < packages.length; slot += 1) held.advisoriesAt[slot] = firstAdvisories.get(packages[slot]?.ecosystem ?? '') ?? 0;
  held.placed = packages.length;
}

/** Marks what is stale. */
function look(held: Held, desk: Desk, now: number): void {
  const { estate } = held;
  const isSameDesk = held.view.seq === desk.seq && held.view.desk === desk && held.seq !== -1;
  if (held.seq !== estate.seq || !isSameDesk) {
    makeRoom(held);
    const before = held.view.policy.hash;
    held.view = deskView(estate, desk, held.seq === -1 ? null : held.view);
    if (held.view.policy.hash !== before) held.stale.fill(stale.used);
    markGroups(held, followGroups(held.groups, estate, held.view.policy.policy.priority));
    if (!isSameDesk) markTouched(held, desk);
    held.seq = estate.seq;
  }
  if (now < held.nextAt) return;
  for (let slot = 0; slot < held.columns.length; slot += 1) if ((held.holdsUntil[slot] ?? Infinity) <= now) mark(held, slot, stale.judged);
  held.nextAt = held.holdsUntil.reduce((next, at) => (at > now && at < next ? at : next), Infinity);
}

function markGroups(held: Held, groups: ReadonlySet<number>): void {
  if (groups.size === 0) return;
  const isChanged = new Uint8Array(held.estate.groups.length);
  for (const slot of groups) isChanged[slot] = 1;
  held.estate.findings.forEach(({ group }, slot) => {
    if (group.some((each) => isChanged[each] === 1)) mark(held, slot, stale.judged);
  });
}

function markTouched(held: Held, desk: Desk): void {
  const { predicates, components } = changesOnDesk(desk, held.stamps);
  for (const ref of components) mark(held, held.estate.componentByRef.get(ref) ?? -1, stale.judged);
  for (const predicate of predicates) for (const slot of componentsTouched(held.estate, predicate)) mark(held, slot, stale.judged);
}

function mark(held: Held, slot: number, how: number): void {
  if (slot !== -1 && (held.stale[slot] ?? 0) < how) held.stale[slot] = how;
}

function columnsOf(held: Held, judging: Judging, slot: number): TriageColumns {
  const { estate } = held;
  const before = held.columns[slot];
  const isFit = held.components[slot] === estate.components[slot] && before?.of === estate.findings[slot] && held.stale[slot] !== stale.used;
  const fit = isFit && before !== undefined ? before : null;
  if (fit !== null && held.stale[slot] === stale.no) return fit;
  const uses = fit ?? rowUses(estate, slot, held.view.policy.policy.stages, held.scratch);
  const { columns, holdsUntil } = judgeComponent(judging, slot, uses);
  makeRoom(held);
  if (before !== undefined) countUpgrades(held.plans, held.components[slot]?.team ?? null, before, -1);
  countUpgrades(held.plans, estate.components[slot]?.team ?? null, columns, 1);
  held.columns[slot] = columns;
  held.components[slot] = estate.components[slot];
  held.stale[slot] = stale.no;
  held.holdsUntil[slot] = holdsUntil;
  held.nextAt = Math.min(held.nextAt, holdsUntil);
  return columns;
}

function makeRoom(held: Held): void {
  const size = held.estate.components.length;
  if (size <= held.stale.length) return;
  const room = Math.max(1024, Math.ceil(size * 1.25));
  const [isStale, holdsUntil] = [new Uint8Array(room), new Float64Array(room).fill(Infinity)];
  isStale.set(held.stale);
  holdsUntil.set(held.holdsUntil);
  held.stale = isStale;
  held.holdsUntil = holdsUntil;
}
