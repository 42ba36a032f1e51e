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
import { stretchOf } from '../find-finding.ts';
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
  for await (const page of reads.loadFindingPacks()) {
    for (const pack of page) {
      const component = estate.slots.component.get(pack.component_id);
      const holder = component === undefined ? undefined : estate.components[component];
      if (component === undefined || holder === undefined || holder.retired_at !== null || !isVisible(holder, visibility)) continue;
      const actionOf = actionsFor(component);
      const { use } = triage.columnsOf(component);
      const open = unpackEpisodes(pack.open);
      [...open, ...unpackEpisodes(pack.closed)].forEach((each, at) => {
        const stretch = stretchOf(estate, component, each);
        const rule = stretch === null ? undefined : estate.groups[stretch.group]?.rule;
        if (stretch === null || rule === undefined) return;
        const counts = byRule.get(rule) ?? noCounts(days.length);
        byRule.set(rule, counts);
        // Open episodes are in the order of the rows; how the others were used is not kept, which never makes them safer.
        const flags = at < open.length ? (use[at] ?? 0) : 0;
        const shipped = isShipped(flags >> 5 === 0 ? null : scopeOf(flags & 31));
        const isAct = [actionOf(kinds.before[stretch.group] ?? 0, shipped) === 0, actionOf(kinds.after[stretch.group] ?? 0, shipped) === 0];
        const until = each.exposedUntil ?? Infinity;
        days.forEach((day, point) => {
          if (day < each.exposedFrom || day >= until) return;
          add(counts.before, point, true);
          add(counts.after, point, true);
          add(counts.beforeAct, point, isAct[0] ?? false);
          add(counts.afterAct, point, isAct[1] ?? false);
        });
      });
    }
    await setImmediate();
  }
  return new Map([...byRule].map(([rule, counts]) => [rule, pointsOf(given, rule, days, counts)]));
}

/** Findings of a rule over package versions over the months, from every stretch in which one was in use. */
export async function pastOfVersions(
  given: Given,
  rule: VersionRule,
  [before, after]: readonly [RuleJudgement | null, RuleJudgement | null],
  [actBefore, actAfter]: readonly [(component: number) => boolean, (component: number) => boolean],
): Promise<readonly PastPoint[]> {
  const { estate } = given.triage.judging;
  const days = previewDays(given.today);
  const found = { before: before?.found ?? new Map<number, never>(), after: after?.found ?? new Map<number, never>() };
  const masks = { before: new Map<string, number>(), after: new Map<string, number>() };
  for await (const use of usesEver(given, rule, new Set([...found.before.keys(), ...found.after.keys()]))) {
    for (const side of ['before', 'after'] as const) {
      for (const { subject, since } of found[side].get(use.version) ?? []) {
        const from = Math.max(use.from, since ?? 0);
        const mask = days.reduce((bits, day, point) => (day >= from && day < use.until ? bits | (1 << point) : bits), 0);
        if (mask === 0) continue;
        const key = `${String(use.component)} ${String(estate.packageOf[use.version])} ${subject}`;
        masks[side].set(key, (masks[side].get(key) ?? 0) | mask);
      }
    }
  }
  const counts = noCounts(days.length);
  for (const [side, all, acts, isAct] of [
    [masks.before, counts.before, counts.beforeAct, actBefore],
    [masks.after, counts.after, counts.afterAct, actAfter],
  ] as const) {
    for (const [key, mask] of side) {
      const asks = isAct(Number(key.slice(0, key.indexOf(' '))));
      days.forEach((_, point) => {
        if ((mask & (1 << point)) === 0) return;
        add(all, point, true);
        add(acts, point, asks);
      });
    }
  }
  return pointsOf(given, rule.id, days, counts);
}

type Use = { readonly component: number; readonly version: number; readonly from: number; readonly until: number };

/** Every stretch in which a component that may be seen used one of these versions, now or once. */
async function* usesEver({ reads, triage, visibility }: Given, rule: VersionRule, versions: ReadonlySet<number>): AsyncGenerator<Use> {
  const { estate } = triage.judging;
  const seen = new Uint8Array(estate.components.length);
  for (const slot of judgedComponents(estate, visibility)) seen[slot] = 1;
  yield* openUses(estate, rule, versions, seen);
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

function* openUses(estate: Estate, rule: VersionRule, versions: ReadonlySet<number>, seen: Uint8Array): Generator<Use> {
  const { postings } = estate;
  for (const version of versions) {
    const from = postings.startOf(version);
    for (let at = from; at < from + postings.lengthOf(version); at += 1) {
      const component = estate.componentOf[postings.evidence()[at] ?? 0] ?? 0;
      if (seen[component] !== 1 || (rule.directOnly && directOf(postings.flags()[at] ?? 0) !== true)) continue;
      yield { component, version, from: postings.validFrom()[at] ?? 0, until: Infinity };
    }
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
