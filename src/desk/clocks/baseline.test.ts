import { describe, expect, it } from 'vitest';
import { noPolicies, type Policies } from '../policy/policies.ts';
import { policyHash } from '../policy/policy-hash.ts';
import { builtInPolicy, type Policy } from '../policy/policy.ts';
import { clockedSince, wasThere, type FirstLooks } from './baseline.ts';

const at = (text: string): number => Date.parse(text);
// Advisories came on 1 June; the component was first scanned on 10 June at 09:00.
const looks: FirstLooks = {
  openedAt: at('2021-06-10T09:00Z'),
  componentAt: at('2021-06-10T09:00Z'),
  advisoriesAt: at('2021-06-01T08:00Z'),
  clockedSince: 0,
  settleMs: 24 * 3_600_000,
};

describe('the baseline holds', () => {
  it.each<[name: string, change: Partial<FirstLooks>, expected: boolean]>([
    ['what was there at the first scan of its component', {}, true],
    ['what an interrupted first look, or its history, showed hours later', { openedAt: at('2021-06-11T08:59Z') }, true],
    ['not what came up a day later', { openedAt: at('2021-06-11T09:01Z') }, false],
    [
      'what the first sync of advisories brought to a component scanned before',
      { openedAt: at('2021-06-20T08:10Z'), advisoriesAt: at('2021-06-20T08:00Z') },
      true,
    ],
    ['not what a later sync brought, however old the advisory', { openedAt: at('2021-06-20T08:10Z') }, false],
    ['what a component added later had when it came', { openedAt: at('2023-03-01T12:00Z'), componentAt: at('2023-03-01T12:00Z') }, true],
    ['not what that component took up afterwards', { openedAt: at('2023-04-01T12:00Z'), componentAt: at('2023-03-01T12:00Z') }, false],
    ['what was open before a policy gave its kind a clock', { openedAt: at('2021-07-01T00:00Z'), clockedSince: at('2021-08-01T00:00Z') }, true],
    ['not what opened after that', { openedAt: at('2021-08-01T00:00Z'), clockedSince: at('2021-08-01T00:00Z') }, false],
    ['what was there, when nobody knows since when there are advisories', { advisoriesAt: null }, true],
    ['not what came later, when nobody knows that', { advisoriesAt: null, openedAt: at('2021-06-20T00:00Z') }, false],
  ])('%s', (_, change, expected) => {
    expect(wasThere({ ...looks, ...change })).toBe(expected);
  });
});

describe('a kind of finding has a clock', () => {
  const attend = (days: number | null): Policy => ({
    ...builtInPolicy,
    clocks: {
      ...builtInPolicy.clocks,
      days: { ...builtInPolicy.clocks.days, attend: { 'tier-1': days, 'tier-2': days, 'tier-3': days, unknown: days } },
    },
  });
  const policies = (...days: readonly (number | null)[]): Policies => {
    const { versions } = noPolicies();
    days.forEach((each, index) => {
      const policy = attend(each);
      versions.push({ version: index + 2, hash: policyHash(policy), policy, since: index + 1 });
    });
    return { proposed: [], versions };
  };
  it.each<[name: string, given: Policies, expected: number | null]>([
    ['from the beginning where the built-in policy has one', policies(), 0],
    ['since the policy that gave it one', policies(30), 1],
    ['since then also under later policies', policies(30, 60), 1],
    ['anew after one that took it away', policies(30, null, 60), 3],
    ['not after one that took it away', policies(30, null), null],
  ])('%s', (name, given, expected) => {
    expect(clockedSince(given, name.startsWith('from the beginning') ? 'act' : 'attend', 'tier-1')).toBe(expected);
  });
});
