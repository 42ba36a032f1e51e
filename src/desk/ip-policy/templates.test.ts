import { describe, expect, it } from 'vitest';
import { IpPolicy } from './ip-policy.ts';
import { ipPolicyProblems } from './ip-policy-problems.ts';
import { builtInIpPolicy, ipPolicyTemplates } from './templates.ts';

describe('templates of the IP policy', () => {
  it.each(ipPolicyTemplates.map(({ id, policy }) => [id, policy] as const))('%s makes sense as it stands', (_id, policy) => {
    expect(IpPolicy.safeParse(policy).success).toBe(true);
    expect(ipPolicyProblems(policy)).toEqual([]);
  });

  it('nothing that nobody named is allowed', () => {
    for (const { policy } of ipPolicyTemplates) expect(policy.otherwise).not.toBe('allowed');
  });

  it.each([
    [{ rules: [{ id: 'a', verdict: 'allowed', obligations: [], because: 'x' }] }, 'rules.a', 'nothing is allowed by being left out'],
    [{ rules: [{ id: 'a', categories: ['nowhere'], verdict: 'denied', obligations: [], because: 'x' }] }, 'rules.a', 'There is no category nowhere.'],
    [{ categories: [{ id: 'a', title: 'A', means: 'x', licences: ['MIT OR ISC'] }] }, 'categories.a', 'is not one licence'],
    [{ categories: ['a', 'b'].map((id) => ({ id, title: id, means: 'x', licences: ['MIT'] })) }, 'categories.b', 'is in the category a as well'],
  ])('what makes no sense is said with its place: %#', (change, place, message) => {
    const problems = ipPolicyProblems({ ...builtInIpPolicy, rules: [], ...(change as object) });
    expect(problems.some((each) => each.place === place && each.message.includes(message))).toBe(true);
  });
});
