import type { CommonSettings, ObservedRule } from '#analysis/rule.ts';
import { rules } from '#analysis/rules/all.ts';
import { useOf, type Policy } from '#desk/policy/policy.ts';
import { advisoryRows, type Estate } from '#estate/estate.ts';
import { findingColumns } from '#estate/questions/findings.ts';
import { rememberedWhole } from '#estate/questions/remembered.ts';
import { visibilityKey, type Visibility } from '#model/visibility.ts';
import type { LicenceJudge } from '../licences/licence-judge.ts';
import { judgeRule, type RuleJudgement } from './judge-rule.ts';

/** A rule with how the policy uses it and what it says of what may be seen now. */
export type RuleCount = {
  readonly rule: (typeof rules)[number];
  readonly use: ReturnType<typeof useOf>;
  readonly settings: object;
  /** Null for rules over advisories, which have none. */
  readonly severity: CommonSettings['severity'] | null;
  /** How many findings there are, or would be. Null for a rule that is off. */
  readonly findings: number | null;
  /** What was judged and of how much of it something is known; null where every match counts. */
  readonly coverage: Pick<RuleJudgement, 'unit' | 'known' | 'total' | 'unknown'> | null;
};

/** Every rule of this build, with its number. */
export function ruleCounts(estate: Estate, visibility: Visibility, policy: Policy, when: RuleTime): readonly RuleCount[] {
  return rules.map((rule) => {
    const use = useOf(policy, rule.id);
    if (rule.of === 'match') {
      const findings = use === 'off' ? null : (matchCounts(estate, visibility).get(rule.id) ?? 0);
      return { rule, use, settings: {}, severity: null, findings, coverage: null };
    }
    const settings = settingsOf(rule, policy);
    const judgement = use === 'off' ? null : judgementOf(estate, visibility, rule, settings, when);
    return { rule, use, settings, severity: settings.severity, findings: judgement?.rows.length ?? null, coverage: judgement };
  });
}

/** The settings a policy gives an observed rule; the defaults where it gives none, or none that this build understands. */
export function settingsOf(rule: ObservedRule, policy: Policy): CommonSettings {
  const read = rule.settings.safeParse(policy.rules[rule.id]?.settings ?? {});
  return read.success ? read.data : rule.settings.parse({});
}

/** When rules are judged, and what then judges licences. */
export type RuleTime = {
  /** UTC day. */
  readonly today: number;
  readonly licences: LicenceJudge;
};

const kept = new WeakMap<Estate | LicenceJudge, { readonly seq: number; readonly judgements: Map<string, RuleJudgement> }>();
const keptJudgements = 64;

/** What a rule says, kept until the estate or the day changes. */
export function judgementOf(estate: Estate, visibility: Visibility, rule: ObservedRule, settings: CommonSettings, when: RuleTime): RuleJudgement {
  const { today, licences } = when;
  // What hangs on licences, or on what the council asked for, holds as long as what judges them does.
  const holder = rule.of === 'use' || rule.of === 'component' ? licences : estate;
  let known = kept.get(holder);
  if (known?.seq !== estate.seq) kept.set(holder, (known = { seq: estate.seq, judgements: new Map() }));
  const { judgements } = known;
  const key = JSON.stringify([rule.id, settings, today, visibilityKey(visibility)]);
  const before = judgements.get(key);
  if (before !== undefined) return before;
  const judgement = judgeRule({ estate, visibility, rule, settings, today, licences });
  judgements.set(key, judgement);
  const [oldest] = judgements.keys();
  if (judgements.size > keptJudgements && oldest !== undefined) judgements.delete(oldest);
  return judgement;
}

/** Open findings of the rules over advisories, by rule. */
const matchCounts = rememberedWhole((estate: Estate, visibility: Visibility): ReadonlyMap<string, number> => {
  const byGroup = new Uint32Array(estate.groups.length);
  for (const { component, columns } of findingColumns(estate, visibility)) {
    const rows = advisoryRows(estate, component);
    for (let row = 0; row < rows; row += 1) {
      const group = columns.group[row] ?? 0;
      byGroup[group] = (byGroup[group] ?? 0) + 1;
    }
  }
  const counts = new Map<string, number>();
  byGroup.forEach((findings, group) => {
    const rule = estate.groups[group]?.rule;
    if (findings > 0 && rule !== undefined) counts.set(rule, (counts.get(rule) ?? 0) + findings);
  });
  return counts;
});
