import type { Policy } from '#desk/policy/policy.ts';
import { policyProblems } from './rules/policy-problems.ts';

/** Why an act does not fit this build, which the desk alone cannot know: a policy that names rules or settings there are not. Null when it fits. */
export function misfitOf(kind: string, body: unknown): string | null {
  if (kind !== 'propose-policy') return null;
  const problems = policyProblems((body as { readonly policy: Policy }).policy);
  return problems.length === 0 ? null : problems.map(({ place, message }) => `${place}: ${message}`).join(' ');
}
