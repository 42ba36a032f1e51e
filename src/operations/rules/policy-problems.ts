import { rules } from '#analysis/rules/all.ts';
import type { Policy } from '#desk/policy/policy.ts';
import { nearest } from '../nearest.ts';
import { ruleById } from './known-rules.ts';

/** One thing in a policy that this build does not understand, by its place. */
export type PolicyProblem = { readonly place: string; readonly message: string };

/** What a policy says of rules that this build cannot do as it says: rules there are not, and settings they do not have. */
export function policyProblems(policy: Policy): readonly PolicyProblem[] {
  const named = [...new Set([...Object.keys(policy.rules), ...Object.keys(policy.remit)])].filter((id) => id !== '*' && ruleById(id) === null);
  const unknown = named.map((id) => ({
    place: Object.hasOwn(policy.rules, id) ? `rules.${id}` : `remit.${id}`,
    message: `There is no rule ${id}.${didYouMean(id)}`,
  }));
  const settings = Object.entries(policy.rules).flatMap(([id, use]) => {
    const read = ruleById(id)?.settings.safeParse(use.settings);
    if (read === undefined || read.success) return [];
    return read.error.issues.map((issue) => ({
      place: ['rules', id, 'settings', ...issue.path.map(String)].join('.'),
      message: issue.message,
    }));
  });
  return [...unknown, ...settings];
}

function didYouMean(id: string): string {
  const known = rules.map((rule) => rule.id);
  return ` The nearest is ${nearest(id, known)}.`;
}
