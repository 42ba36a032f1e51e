import { describe, expect, it } from 'vitest';
import { triggers } from './case-kind.ts';
import { noFacts, type CaseFacts } from './facts.ts';
import type { Case, CaseDecision } from './cases.ts';
import { rangeOfMajor } from './major.ts';
import { precedentsOf } from './precedents.ts';
import { triggerOf, type FactsNow } from './triggers.ts';

const day = 86_400_000;
const facts: CaseFacts = { ...noFacts, package: 'pkg:npm/left-pad', version: '1.3.0', licence: 'MIT', delivery: 'internal' };

function decided(id: string, of: CaseFacts, more: Partial<CaseDecision> = {}): Case {
  const decision = {
    round: 1,
    seq: 9,
    at: 0,
    outcome: 'approved',
    counted: [],
    conditions: [],
    until: 100 * day,
    triggers,
    facts: of,
    lapses: null,
    ended: null,
  } as const;
  const rest = { round: 1, askedAt: 0, openedAt: 0, due: 0, waitingSince: null, votesFrom: 0, author: null, team: null, words: null, form: {} };
  const lists = { requesters: [], roll: [], votes: [], questions: [], evidence: [], events: [], interests: new Map() };
  const route = { track: 'fast', functions: [], because: [] } as const;
  return { ...rest, ...lists, id, name: id, kind: 'use', facts: of, route, state: 'decided', decisions: [{ ...decision, ...more }] };
}

describe('a decision', () => {
  const same: FactsNow = { versions: ['1.3.1'], licences: ['MIT'], deliveries: ['internal'] };
  it.each<[name: string, more: Partial<CaseDecision>, now: number, facts: Partial<FactsNow>, trigger: string | null]>([
    ['holds while nothing changed', {}, 1, {}, null],
    ['is asked again at its end', {}, 100 * day, {}, 'expired'],
    ['is asked again when the licence is another', {}, 1, { licences: ['MIT', 'BUSL-1.1'] }, 'licence-changed'],
    ['is not asked again when the licence is written otherwise', {}, 1, { licences: ['mit'] }, null],
    ['is asked again when it is delivered otherwise, too', {}, 1, { deliveries: ['internal', 'saas'] }, 'context-changed'],
    ['is asked again at the next major version', {}, 1, { versions: ['2.0.0'] }, 'major-version'],
    ['is not asked again for what is not known', {}, 1, { versions: null, licences: null, deliveries: null }, null],
    ['is not asked again for what its kind does not ask for', { triggers: ['expired'] }, 1, { versions: ['2.0.0'] }, null],
    ['that refused stands', { outcome: 'refused', until: null }, 1000 * day, { versions: ['2.0.0'] }, null],
    ['that hangs on a condition that is late waits for it', { lapses: day }, 2 * day, { versions: ['2.0.0'] }, null],
    ['that hangs on a condition is asked again at its end all the same', { lapses: day }, 100 * day, {}, 'expired'],
    ['that refused until a day is asked again then, and not before', { outcome: 'refused' }, 99 * day, { versions: ['2.0.0'] }, null],
    ['that refused until a day is asked again then', { outcome: 'refused' }, 100 * day, {}, 'expired'],
  ])('%s', (_, more, now, changed, trigger) => {
    expect(triggerOf(decided('a', facts, more), now, { ...same, ...changed })).toBe(trigger);
  });

  it('is a precedent by what is the same and known, with what that weighs, and binds nobody', () => {
    const others = [
      decided('alike', { ...facts, package: 'pkg:npm/right-pad' }),
      decided('family', { ...noFacts, package: 'pkg:npm/x', licence: 'ISC', delivery: 'internal' }),
      decided('other', { ...noFacts, package: 'pkg:npm/y', licence: 'AGPL-3.0-only', delivery: 'saas' }),
    ];
    expect(
      precedentsOf(decided('a', facts), others).map(({ case: { id }, score, matched }) => [
        id,
        score,
        matched.map((each) => `${each.fact} ${String(each.weight)}`),
      ]),
    ).toEqual([
      ['alike', 0.8125, ['licence family 30', 'licence 15', 'delivery 20']],
      ['family', 0.625, ['licence family 30', 'delivery 20']],
    ]);
    expect(precedentsOf(decided('nothing known', noFacts), others)).toEqual([]);
  });

  it.each([
    ['pkg:npm/x', '10.2.0', 'vers:npm/>=10.0.0|<11.0.0'],
    ['pkg:golang/github.com/a/b', 'v2.1.0', 'vers:golang/>=v2.0.0|<v3.0.0'],
    ['pkg:maven/a/b', 'RELEASE', 'vers:maven/RELEASE'],
    ['pkg:npm/x', null, undefined],
  ])('about %s %s means the versions %s', (purl, version, range) => {
    expect(rangeOfMajor(purl, version)).toBe(range);
  });
});
