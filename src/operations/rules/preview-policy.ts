import { setImmediate } from 'node:timers/promises';
import type { CommonSettings, ObservedRule, Rule } from '#analysis/rule.ts';
import { rules } from '#analysis/rules/all.ts';
import { isShipped } from '#analysis/priority/priority.ts';
import { policyDifferences, type PolicyDifference } from '#desk/policy/policy-differences.ts';
import { policyHash } from '#desk/policy/policy-hash.ts';
import { useOf, type Policy, type RuleUse } from '#desk/policy/policy.ts';
import { advisoryRows, noPackage, type Estate } from '#estate/estate.ts';
import { isOfAdvisories } from '#estate/groups.ts';
import { findingColumns, type FindingPlace } from '#estate/questions/findings.ts';
import { scopeOf } from '#language/packed/flags.ts';
import { actions, type Action } from '#model/action.ts';
import { exposures, tiers } from '#model/profile.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import type { LicenceJudge } from '../licences/licence-judge.ts';
import { purlOfPackage } from '../ask-estate.ts';
import { findingIdOf } from '../finding-view.ts';
import { profileAt } from '../triage/component-triage.ts';
import { actionCode, groupKind } from '../triage/group-priorities.ts';
import type { Triage } from '../triage/live-triage.ts';
import { placeNumber, type JudgedRow, type RuleJudgement } from './judge-rule.ts';
import { policyProblems, type PolicyProblem } from './policy-problems.ts';
import { pastOfAdvisories, pastOfVersions, previewDays, type PastPoint } from './preview-past.ts';
import { judgementOf, settingsOf } from './rule-metrics.ts';

/** What a finding asks for on the desk; `none`: it is not there. */
export type Asks = Action | 'none';

/** Findings of one rule under one policy. `found` counts them also where the rule is a metric; only those that are on the desk ask for something. */
export type PreviewCount = { readonly use: RuleUse['use']; readonly found: number; readonly asks: Readonly<Record<Asks, number>> };

/** Findings that ask for something else than before, with a few of them. */
export type PreviewMove = {
  readonly from: Asks;
  readonly to: Asks;
  readonly findings: number;
  readonly samples: readonly {
    readonly component: string;
    readonly name: string;
    readonly team: string | null;
    readonly package: string | null;
    readonly what: string;
    /** Of the finding; null for one that there is not yet. */
    readonly id: string | null;
  }[];
};

/** What a policy would make of the findings of one rule. */
export type RulePreview = {
  readonly rule: string;
  readonly title: string;
  readonly severity: CommonSettings['severity'] | null;
  readonly before: PreviewCount;
  readonly after: PreviewCount;
  /** Findings found, by team, most first. */
  readonly teams: readonly { readonly team: string | null; readonly before: number; readonly after: number }[];
  readonly moves: readonly PreviewMove[];
  /** Month by month, oldest first, as known now; null where a past day cannot be told, and why. */
  readonly past: readonly PastPoint[] | null;
  readonly pastUnknown: string | null;
};

/** What a proposed policy would change, compared with the one in force. */
export type PolicyPreview = {
  readonly hash: string;
  readonly differences: readonly PolicyDifference[];
  readonly problems: readonly PolicyProblem[];
  readonly rules: readonly RulePreview[];
};

const samplesShown = 5;
const allAsks = ['none', ...actions] as const;

/** What asking costs depends on: the estate as somebody may see it, and both policies. */
export type Previewing = {
  readonly reads: Pick<StoreReads, 'loadFindingPacks' | 'loadClosedEvidence'>;
  readonly triage: Triage;
  readonly visibility: Visibility;
  readonly before: Policy;
  readonly after: Policy;
  /** UTC day. */
  readonly today: number;
  readonly licences: LicenceJudge;
};

/** Applies a proposed policy to the estate as it is, and to the ends of the past twelve months, beside the one in force. */
export async function previewPolicy(asked: Omit<Previewing, 'before' | 'today'>): Promise<PolicyPreview> {
  const { now, view } = asked.triage.judging;
  const given: Previewing = { ...asked, before: view.policy.policy, today: Math.floor(now / 86_400_000) };
  const advisories = await previewAdvisories(given);
  const previews: RulePreview[] = [];
  for (const rule of rules) {
    previews.push(rule.of === 'match' ? (advisories.get(rule.id) ?? emptyPreview(given, rule)) : await previewObserved(given, rule));
    await setImmediate();
  }
  return {
    hash: policyHash(given.after),
    differences: policyDifferences(given.before, given.after),
    problems: policyProblems(given.after),
    rules: previews,
  };
}

/** Counts one rule's findings under both policies while they are gone through. */
type Tally = {
  readonly rule: Rule;
  readonly severity: CommonSettings['severity'] | null;
  readonly before: MutableCount;
  readonly after: MutableCount;
  readonly teams: Map<string | null, { before: number; after: number }>;
  readonly moves: Map<string, { readonly from: Asks; readonly to: Asks; findings: number; readonly samples: PreviewMove['samples'][number][] }>;
};

type MutableCount = { readonly use: RuleUse['use']; found: number; readonly asks: Record<Asks, number> };

function tallyFor({ before, after }: Previewing, rule: Rule, severity: Tally['severity']): Tally {
  const count = (policy: Policy): MutableCount => ({ use: useOf(policy, rule.id), found: 0, asks: { none: 0, act: 0, attend: 0, track: 0 } });
  return { rule, severity, before: count(before), after: count(after), teams: new Map(), moves: new Map() };
}

/** One finding: whether it is found under each policy, and what it then asks for as a place in `actions`. */
type Met = {
  readonly team: string | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly sample: () => PreviewMove['samples'][number];
};

function note(tally: Tally, { team, before, after, sample }: Met): void {
  const [from, to] = [asked(tally.before, before), asked(tally.after, after)];
  let row = tally.teams.get(team);
  if (row === undefined) tally.teams.set(team, (row = { before: 0, after: 0 }));
  if (before !== null && tally.before.use !== 'off') {
    tally.before.found += 1;
    tally.before.asks[from] += 1;
    row.before += 1;
  }
  if (after !== null && tally.after.use !== 'off') {
    tally.after.found += 1;
    tally.after.asks[to] += 1;
    row.after += 1;
  }
  if (from === to) return;
  const key = `${from} ${to}`;
  const move = tally.moves.get(key) ?? { from, to, findings: 0, samples: [] };
  tally.moves.set(key, move);
  move.findings += 1;
  if (move.samples.length < samplesShown) move.samples.push(sample());
}

function asked({ use }: MutableCount, action: number | null): Asks {
  return action === null || use !== 'on' ? 'none' : (actions[action] ?? 'track');
}

function previewOf({ rule, severity, before, after, teams, moves }: Tally, past: readonly PastPoint[] | null): RulePreview {
  const byUrgency = (a: { from: Asks; to: Asks }): number => allAsks.indexOf(a.to) * 4 + allAsks.indexOf(a.from);
  return {
    rule: rule.id,
    title: rule.title,
    severity,
    before,
    after,
    teams: [...teams]
      .map(([team, counts]) => ({ team, ...counts }))
      .filter((each) => each.before + each.after > 0)
      .sort((a, b) => b.after - a.after || b.before - a.before || ((a.team ?? '\uffff') < (b.team ?? '\uffff') ? -1 : 1)),
    moves: [...moves.values()].sort((a, b) => byUrgency(a) - byUrgency(b)),
    past,
    pastUnknown: rule.past === true ? null : rule.past,
  };
}

function emptyPreview(given: Previewing, rule: Rule): RulePreview {
  return previewOf(
    tallyFor(given, rule, null),
    previewDays(given.today).map((day) => ({ day, before: 0, after: 0, beforeAct: 0, afterAct: 0 })),
  );
}

/** What advisories say: the findings stay the same, what they ask for may not. */
async function previewAdvisories(given: Previewing): Promise<ReadonlyMap<string, RulePreview>> {
  const { triage, visibility, before, after } = given;
  const { estate } = triage.judging;
  const kinds = { before: kindsOf(estate, before), after: kindsOf(estate, after) };
  const tallies = new Map(rules.filter((rule) => rule.of === 'match').map((rule) => [rule.id, tallyFor(given, rule, null)]));
  let met = 0;
  for (const { component, columns } of findingColumns(estate, visibility)) {
    const actionOf = actionsFor(triage, component);
    const { use } = triage.columnsOf(component);
    const rows = advisoryRows(estate, component);
    for (let row = 0; row < rows; row += 1) {
      const group = columns.group[row] ?? 0;
      const tally = tallies.get(estate.groups[group]?.rule ?? '');
      if (tally === undefined) continue;
      const flags = use[row] ?? 0;
      const shipped = isShipped(flags >> 5 === 0 ? null : scopeOf(flags & 31));
      note(tally, {
        team: estate.components[component]?.team ?? null,
        before: actionOf(kinds.before[group] ?? 0, shipped),
        after: actionOf(kinds.after[group] ?? 0, shipped),
        sample: () => sampleAt(estate, { component, row }),
      });
    }
    met += rows;
    if (met > 50_000) {
      await setImmediate();
      met = 0;
    }
  }
  const past = await pastOfAdvisories(given, kinds, (component) => actionsFor(triage, component));
  return new Map([...tallies].map(([id, tally]) => [id, previewOf(tally, past.get(id) ?? null)]));
}

/** Exploitation and severity by group slot, as a policy sees them. */
function kindsOf(estate: Estate, { priority }: Policy): Uint8Array {
  return Uint8Array.from(estate.groups, (group) => {
    if (!isOfAdvisories(group)) return 0;
    const known = { malicious: group.malicious, kev: group.kev !== null, epss: group.epss?.score ?? null };
    return groupKind(known, group.severity.level, priority);
  });
}

/** Gives the place in `actions` of a finding of a component, by kind of group and use. */
function actionsFor({ judging }: Triage, component: number): (kind: number, shipped: boolean) => number {
  const profile = profileAt(judging, component);
  const [tier, exposure] = [tiers.indexOf(profile.tier), exposures.indexOf(profile.exposure)];
  return (kind, shipped) => actionCode(kind, tier, exposure, shipped);
}

function sampleAt(estate: Estate, { component, row }: FindingPlace): PreviewMove['samples'][number] {
  const [holder, columns] = [estate.components[component], estate.findings[component]];
  const [used, group] = [estate.packages[columns?.package[row] ?? noPackage], estate.groups[columns?.group[row] ?? -1]];
  return {
    component: holder?.ref ?? '',
    name: holder?.name ?? '',
    team: holder?.team ?? null,
    package: used === undefined ? null : purlOfPackage(used.ecosystem, used.name),
    what: group?.title ?? '',
    id: group === undefined ? null : findingIdOf(estate, component, columns?.package[row] ?? noPackage, group),
  };
}

/** What an observed rule would find with both settings. */
async function previewObserved(given: Previewing, rule: ObservedRule): Promise<RulePreview> {
  const { triage, visibility, today } = given;
  const { estate } = triage.judging;
  const side = (policy: Policy): Side => {
    const settings = settingsOf(rule, policy);
    const isOff = useOf(policy, rule.id) === 'off';
    const kind = groupKind({ malicious: false, kev: false, epss: null }, settings.severity, policy.priority);
    return { settings, kind, judgement: isOff ? null : judgementOf(estate, visibility, rule, settings, { today, licences: given.licences }) };
  };
  const [before, after] = [side(given.before), side(given.after)];
  const tally = tallyFor(given, rule, after.settings.severity);
  const actionsOf = estate.components.map((_, component) => actionsFor(triage, component));
  const team = (row: JudgedRow): string | null => estate.components[row.component]?.team ?? null;
  const noteRow = (row: JudgedRow, had: boolean, has: boolean): void => {
    const actionOf = actionsOf[row.component];
    note(tally, {
      team: team(row),
      before: had ? (actionOf?.(before.kind, true) ?? 0) : null,
      after: has ? (actionOf?.(after.kind, true) ?? 0) : null,
      sample: () => sampleOf(estate, rule, row),
    });
  };
  if (before.judgement === after.judgement) for (const row of after.judgement?.rows ?? []) noteRow(row, true, true);
  else for (const each of joined(before.judgement?.rows ?? [], after.judgement?.rows ?? [])) noteRow(each.row, each.had, each.has);
  const actsOn =
    ({ kind }: Side) =>
    (component: number) =>
      actions[actionsFor(triage, component)(kind, true)] === 'act';
  const past =
    rule.of === 'version' && rule.past === true
      ? await pastOfVersions(given, rule, [before.judgement, after.judgement], [actsOn(before), actsOn(after)])
      : null;
  return previewOf(tally, past);
}

type Side = { readonly settings: CommonSettings; readonly kind: number; readonly judgement: RuleJudgement | null };

type Joined = { readonly row: JudgedRow; readonly had: boolean; readonly has: boolean };

/** Rows of two judgements beside each other. Both come package by package in ascending order, so only the rows of one package are held at a time. */
function* joined(before: readonly JudgedRow[], after: readonly JudgedRow[]): Generator<Joined> {
  for (let [old, next] = [0, 0]; old < before.length || next < after.length;) {
    const packageSlot = Math.min(before[old]?.package ?? Infinity, after[next]?.package ?? Infinity);
    const had = new Map<number, JudgedRow>();
    for (let row = before[old]; row?.package === packageSlot; row = before[(old += 1)]) had.set(placeNumber(row.component, row.subject), row);
    for (let row = after[next]; row?.package === packageSlot; row = after[(next += 1)])
      yield { row, had: had.delete(placeNumber(row.component, row.subject)), has: true };
    for (const row of had.values()) yield { row, had: true, has: false };
  }
}

function sampleOf(estate: Estate, rule: Rule, row: JudgedRow): PreviewMove['samples'][number] {
  const [holder, used] = [estate.components[row.component], row.package === noPackage ? undefined : estate.packages[row.package]];
  const group = { rule: rule.id, subject: row.subject };
  const isOpen = (estate.ruleFindings.get(row.component) ?? []).some(
    (each) => each.rule === rule.id && each.subject === row.subject && each.name_key === (used?.name_key ?? ''),
  );
  return {
    component: holder?.ref ?? '',
    name: holder?.name ?? '',
    team: holder?.team ?? null,
    package: used === undefined ? null : purlOfPackage(used.ecosystem, used.name),
    what: row.reason,
    id: isOpen ? findingIdOf(estate, row.component, row.package, group) : null,
  };
}
