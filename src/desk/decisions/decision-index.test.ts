import { describe, expect, it } from 'vitest';
import { noDecisions, type Decision } from './decisions.ts';
import { decisionFor, indexDecisions } from './decision-index.ts';
import type { Judged } from './predicate.ts';

const day = 86_400_000;
const now = Date.parse('2026-11-28T00:00Z');

const finding: Judged = {
  id: 'aaaaaaaaaaaaaaaa',
  rule: 'vulnerability',
  component: 'component:acme/shop',
  team: 'payments',
  package: 'pkg:npm/lodash',
  versions: ['4.17.20'],
  ids: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
};
const quiet = { kev: false, epss: 0.1 };
const basis = { 'CVE-2021-23337': { kev: false, epss: 0.1, score: 7.2, severity: 'high' } };

function decision(id: string, seq: number, given: Partial<Decision>): Decision {
  return {
    id,
    seq,
    at: now - day,
    author: 'person:a',
    verdict: 'accepted',
    predicate: { component: finding.component },
    coversFuture: true,
    justification: null,
    responses: [],
    until: now + 30 * day,
    owner: 'person:o',
    extent: { findings: 1, hash: '', components: [finding.component], teams: ['payments'], severities: ['high'], basis },
    covered: new Set([finding.component]),
    words: null,
    imported: null,
    approval: { state: 'not-needed' },
    supersedes: null,
    supersededBy: null,
    withdrawnAt: null,
    ...given,
  };
}

function decided(decisions: readonly Decision[], group = quiet, of = finding): string {
  const all = noDecisions();
  for (const each of decisions) all.byId.set(each.id, each);
  const applied = decisionFor(indexDecisions(all), of, { ...group, epssJump: 0.2 }, now, (_, version, range) => version === range);
  return [applied.decision?.id ?? 'none', ...applied.others.map((each) => `${each.decision.id}:${each.because}`).sort()].join(' ');
}

describe('what is decided about a finding', () => {
  it.each<[name: string, decisions: readonly Decision[], expected: string]>([
    ['is nothing without a decision', [], 'none'],
    ['is what names its component', [decision('c', 1, {})], 'c'],
    ['is not what names another component', [decision('c', 1, { predicate: { component: 'component:acme/other' } })], 'none'],
    [
      'is the narrower of two, however old',
      [
        decision('one', 1, {
          predicate: {
            findings: [{ id: finding.id, rule: finding.rule, component: finding.component, package: finding.package, subject: 'CVE-2021-23337' }],
          },
        }),
        decision('team', 2, { predicate: { team: 'payments' } }),
      ],
      'one team:less-specific',
    ],
    ['is the later of two as narrow', [decision('old', 1, {}), decision('new', 2, {})], 'new old:earlier'],
    ['is not what waits for its second person', [decision('w', 1, { approval: { state: 'waiting' } })], 'none w:waiting'],
    ['is not what has expired', [decision('x', 1, { until: now })], 'none x:expired'],
    [
      'is not what was withdrawn, superseded or refused',
      [
        decision('a', 1, { withdrawnAt: 1 }),
        decision('b', 2, { supersededBy: 'c' }),
        decision('d', 3, { approval: { state: 'refused', by: 'p', at: 1 } }),
      ],
      'none',
    ],
    ['is found by any id of its group', [decision('g', 1, { predicate: { advisory: 'GHSA-35jh-r3h4-6jhm' } })], 'g'],
    [
      'is not what names a range without the version in use',
      [decision('r', 1, { predicate: { package: 'pkg:npm/lodash', range: '4.17.19' } })],
      'none',
    ],
    ['is what names a range with the version in use', [decision('r', 1, { predicate: { package: 'pkg:npm/lodash', range: '4.17.20' } })], 'r'],
    [
      'does not cover a component that it did not reach, without `coversFuture`',
      [decision('g', 1, { predicate: { advisory: 'CVE-2021-23337' }, coversFuture: false, covered: new Set() })],
      'none g:moved',
    ],
    [
      'is not inherited by a component that moves into a team',
      [decision('t', 1, { predicate: { team: 'payments' }, covered: new Set(['component:acme/other']) })],
      'none t:moved',
    ],
  ])('%s', (_, decisions, expected) => {
    expect(decided(decisions)).toBe(expected);
  });

  it.each<[name: string, given: Partial<Decision>, group: typeof quiet, expected: string]>([
    ['ends an acceptance when the vulnerability becomes known as exploited', {}, { kev: true, epss: 0.1 }, 'none a:kev'],
    ['ends an acceptance when exploitation becomes much likelier', {}, { kev: false, epss: 0.31 }, 'none a:epss'],
    ['leaves it at a small rise', {}, { kev: false, epss: 0.29 }, 'a'],
    ['leaves "the code is not there"', { verdict: 'not-affected', justification: 'code_not_present', until: null }, { kev: true, epss: 0.9 }, 'a'],
    [
      'ends "protected at the perimeter"',
      { verdict: 'not-affected', justification: 'protected_at_perimeter', until: null },
      { kev: true, epss: 0.9 },
      'none a:kev',
    ],
    ['leaves a false positive', { verdict: 'false-positive', until: null }, { kev: true, epss: 0.9 }, 'a'],
  ])('%s', (_, given, group, expected) => {
    expect(decided([decision('a', 1, given)], group)).toBe(expected);
  });

  it('still finds a finding whose group was merged into another', () => {
    const named = decision('f', 1, {
      predicate: {
        findings: [
          { id: 'bbbbbbbbbbbbbbbb', rule: finding.rule, component: finding.component, package: finding.package, subject: 'GHSA-35jh-r3h4-6jhm' },
        ],
      },
    });
    expect(decided([named])).toBe('f');
  });
});
