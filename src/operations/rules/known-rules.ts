import type { ObservedRule, Rule } from '#analysis/rule.ts';
import { rules } from '#analysis/rules/all.ts';

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** Every rule of this build. */
export const knownRules: readonly Rule[] = rules;

/** The rule with this id; null when this build has none, as with one of an older program. */
export function ruleById(id: string): Rule | null {
  return byId.get(id) ?? null;
}

/** The title of a rule; its id where this build has none. */
export function titleOfRule(id: string): string {
  return byId.get(id)?.title ?? id;
}

/** The rule with this id, if its findings are observed, not matched. */
export function observedRule(id: string): ObservedRule | null {
  const rule = byId.get(id);
  return rule === undefined || rule.of === 'match' ? null : rule;
}
