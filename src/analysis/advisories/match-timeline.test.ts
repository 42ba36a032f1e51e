import { expect, it } from 'vitest';
import type { PackageJudgement } from './judge-package.ts';
import { matchTimeline } from './match-timeline.ts';

const hit = (range: string): PackageJudgement => ({ kind: 'affected', by: 'range', range, fixedIn: null });
const said = (at: number, judgement: PackageJudgement | null) => ({ at, withdrawn: judgement === null, judge: () => judgement });

it.each([
  ['a record that stands', [said(1, hit('a'))], [{ ...hit('a'), knownFrom: 1, knownUntil: null, endedBy: null }]],
  ['a record changed in words only', [said(1, hit('a')), said(5, hit('b'))], [{ ...hit('b'), knownFrom: 1, knownUntil: null, endedBy: null }]],
  ['a record withdrawn', [said(1, hit('a')), said(5, null)], [{ ...hit('a'), knownFrom: 1, knownUntil: 5, endedBy: 'withdrawn' }]],
  [
    'a record withdrawn and restored',
    [said(1, hit('a')), said(5, null), said(9, hit('a'))],
    [
      { ...hit('a'), knownFrom: 1, knownUntil: 5, endedBy: 'withdrawn' },
      { ...hit('a'), knownFrom: 9, knownUntil: null, endedBy: null },
    ],
  ],
  ['a record that never names it', [said(1, null)], []],
])('%s gives its intervals', (_, versions, expected) => {
  expect(matchTimeline(versions, '1.0.0')).toEqual(expected);
});
