import { setImmediate } from 'node:timers/promises';
import { isShipped } from '#analysis/priority/priority.ts';
import type { VersionRule } from '#analysis/rule.ts';
import { useOf, type Policy } from '#desk/policy/policy.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { unpackClosed } from '#language/packed/closed-segments.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import { directOf, scopeOf } from '#language/packed/flags.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import type { Triage } from '../triage/live-triage.ts';
import type { RuleJudgement } from './judge-rule.ts';
import { judgedComponents } from './judged-components.ts';

/** Findings at the end of a UTC day, as known now, under the policy in force and the proposed one; 0 where a policy has the rule off. */
export type PastPoint = {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly before: number;
  readonly after: number;
  /** Those of them that would have asked for acting. */
  readonly beforeAct: number;
  readonly afterAct: number;
};

type Counts = { before: Uint32Array; after: Uint32Array; beforeAct: Uint32Array; afterAct: Uint32Array };

type Given = {
  readonly reads: Pick<StoreReads, 'loadFindingPacks' | 'loadClosedEvidence'>;
  readonly triage: Triage;
  readonly visibility: Visibility;
  readonly before: Policy;
  readonly after: Policy;
  readonly today: number;
};

const dayMs = 86_400_000;
const months = 12;

/** The last days of the past twelve months and today, as UTC days, oldest first. */
export function previewDays(today: number): readonly number[] {
  const date = new Date(today * dayMs);
  const ends = Array.from({ length: months }, (_, back) => Math.floor(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1) / dayMs) - 1);
  return [...ends.reverse(), today];
}

/** Findings about advisories over the months, by rule: exposure of every episode, with severities and exploitation as known now. */
export async function pastOfAdvisories(
  given: Given,
  kinds: { readonly before: Uint8Array; readonly after: Uint8Array },
  actionsFor: (component: number) => (kind: number, shipped: boolean) => number,
): Promise<ReadonlyMap<string, readonly PastPoint[]>> {
  const { reads, triage, visibility } = given;
  const { estate } = triage.judging;
  const days = previewDays(given.today);
  const byRule = new Map<string, Counts>();
  const groupOf = groupSlots(estate);
  for await (const page of reads.loadFindingPacks()) {
    for (const pack of page) {
      const component = estate.slots.component.get(pack.component_id);
      const holder = component === undefined ? undefined : estate.components[component];
      if (component === undefined || holder === undefined || holder.retired_at !== null || !isVisible(holder, visibility)) continue;
      const actionOf = actionsFor(component);
      const { use } = triage.columnsOf(component);
      const open = unpackEpisodes(pack.open);
      [...open, ...unpackEpisodes(pack.closed)].forEach((each, at) => {
        const [first, end] = [pointAt(days, each.exposedFrom), each.exposedUntil === null ? days.length : pointAt(days, each.exposedUntil)];
        if (first >= end) return;
        const group = groupOf(each.groupId);
        const rule = estate.groups[group]?.rule;
        if (rule === undefined) return;
        let counts = byRule.get(rule);
        if (counts === undefined) byRule.set(rule, (counts = noCounts(days.length)));
        // Open episodes are in the order of the rows; how the others were used is not kept, which never makes them safer.
        const flags = at < open.length ? (use[at] ?? 0) : 0;
        const shipped = isShipped(flags >> 5 === 0 ? null : scopeOf(flags & 31));
        const wasAct = actionOf(kinds.before[group] ?? 0, shipped) === 0;
        const isAct = actionOf(kinds.after[group] ?? 0, shipped) === 0;
        for (let point = first; point < end; point += 1) {
          add(counts.before, point, true);
          add(counts.after, point, true);
          add(counts.beforeAct, point, wasAct);
          add(counts.afterAct, point, isAct);
        }
      });
    }
    await setImmediate();
  }
  return new Map([...byRule].map(([rule, counts]) => [rule, pointsOf(given, rule, days, counts)]));
}

/** Gives the slot of a stored group, -1 for one that the estate does not know; each is looked up once. */
function groupSlots(estate: Estate): (groupId: number) => number {
  const known = new Map<number, number>();
  return (groupId) => {
    let slot = known.get(groupId);
    if (slot === undefined) known.set(groupId, (slot = estate.groupByKey.get(estate.slots.advisory.get(groupId)?.groupKey ?? '') ?? -1));
    return slot;
  };
}

/** The first of the days that is not before a day; their number when all are. */
function pointAt(days: readonly number[], day: number): number {
  let point = 0;
  while (point < days.length && (days[point] ?? 0) < day) point += 1;
  return point;
}

/** Findings of a rule over package versions over the months, from every stretch in which one was in use. */
export async function pastOfVersions(
  given: Given,
  rule: VersionRule,
  [before, after]: readonly [RuleJudgement | null, RuleJudgement | null],
  [actBefore, actAfter]: readonly [(component: number) => boolean, (component: number) => boolean],
): Promise<readonly PastPoint[]> {
  const days = previewDays(given.today);
  const counts = noCounts(days.length);
  const isSame = before !== null && before === after;
  const closed = await closedMasks(given, rule, days, isSame ? [before] : [before, after]);
  countSide(given, days, before, closed[0], [counts.before, counts.beforeAct, actBefore]);
  countSide(given, days, after, closed[isSame ? 0 : 1], [counts.after, counts.afterAct, actAfter]);
  return pointsOf(given, rule.id, days, counts);
}

/** Bits of the days on which a finding stood by uses that are over, by `rowKey`. */
type Masks = ReadonlyMap<string, number>;

async function closedMasks(
  given: Given,
  rule: VersionRule,
  days: readonly number[],
  judgements: readonly (RuleJudgement | null)[],
): Promise<readonly Masks[]> {
  const { estate } = given.triage.judging;
  const masks = judgements.map(() => new Map<string, number>());
  for await (const use of usesOver(given, rule, new Set(judgements.flatMap((each) => [...(each?.found.keys() ?? [])])))) {
    judgements.forEach((judgement, side) => {
      for (const { subject, since } of judgement?.found.get(use.version) ?? []) {
        const mask = maskOf(days, Math.max(use.from, since ?? 0), use.until);
        const key = rowKey(use.component, estate.packageOf[use.version] ?? 0, subject);
        if (mask !== 0) masks[side]?.set(key, (masks[side].get(key) ?? 0) | mask);
      }
    });
  }
  return masks;
}

/** What stands now stood since its day; what is over adds the days on which it stood. */
function countSide(
  { triage }: Given,
  days: readonly number[],
  judgement: RuleJudgement | null,
  over: Masks | undefined,
  [all, acts, isAct]: readonly [all: Uint32Array, acts: Uint32Array, isAct: (component: number) => boolean],
): void {
  const asks = triage.judging.estate.components.map((_, component) => isAct(component));
  const left = new Map(over);
  const note = (component: number, mask: number): void => {
    for (let point = 0; point < days.length; point += 1) {
      if ((mask & (1 << point)) === 0) continue;
      add(all, point, true);
      add(acts, point, asks[component] ?? false);
    }
  };
  for (const { component, package: used, subject, since } of judgement?.rows ?? []) {
    const mask = maskOf(days, since, Infinity);
    const key = left.size === 0 ? '' : rowKey(component, used, subject);
    note(component, mask | (left.get(key) ?? 0));
    left.delete(key);
  }
  for (const [key, mask] of left) note(Number(key.slice(0, key.indexOf(' '))), mask);
}

function maskOf(days: readonly number[], from: number, until: number): number {
  let mask = 0;
  for (let point = pointAt(days, from); point < days.length && (days[point] ?? 0) < until; point += 1) mask |= 1 << point;
  return mask;
}

function rowKey(component: number, packageSlot: number, subject: string): string {
  return `${String(component)} ${String(packageSlot)} ${subject}`;
}

type Use = { readonly component: number; readonly version: number; readonly from: number; readonly until: number };

/** Every stretch, now over, in which a component that may be seen used one of these versions. */
async function* usesOver({ reads, triage, visibility }: Given, rule: VersionRule, versions: ReadonlySet<number>): AsyncGenerator<Use> {
  if (versions.size === 0) return;
  const { estate } = triage.judging;
  const seen = new Uint8Array(estate.components.length);
  for (const slot of judgedComponents(estate, visibility)) seen[slot] = 1;
  for await (const page of reads.loadClosedEvidence()) {
    for (const row of page) {
      const component = estate.slots.component.get(row.component_id);
      if (component === undefined || seen[component] !== 1) continue;
      for (const each of unpackClosed(row.closed)) {
        const version = estate.slots.version[each.id] ?? -1;
        if (each.retracted || !versions.has(version) || (rule.directOnly && directOf(each.flags) !== true)) continue;
        yield { component, version, from: each.validFrom, until: each.validUntil };
      }
    }
    await setImmediate();
  }
}

function noCounts(points: number): Counts {
  return { before: new Uint32Array(points), after: new Uint32Array(points), beforeAct: new Uint32Array(points), afterAct: new Uint32Array(points) };
}

function add(counts: Uint32Array, point: number, isMeant: boolean): void {
  if (isMeant) counts[point] = (counts[point] ?? 0) + 1;
}

function pointsOf({ before, after }: Given, rule: string, days: readonly number[], counts: Counts): readonly PastPoint[] {
  const [wasUse, isUse] = [useOf(before, rule), useOf(after, rule)];
  return days.map((day, point) => ({
    day,
    before: wasUse === 'off' ? 0 : (counts.before[point] ?? 0),
    after: isUse === 'off' ? 0 : (counts.after[point] ?? 0),
    beforeAct: wasUse === 'on' ? (counts.beforeAct[point] ?? 0) : 0,
    afterAct: isUse === 'on' ? (counts.afterAct[point] ?? 0) : 0,
  }));
}
