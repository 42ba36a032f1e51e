import { expect, it } from 'vitest';
import { waysIn } from './ways-in.ts';

const [yes, no, unknown] = [{ direct: true }, { direct: false }, { direct: null }];

it.each([
  ['a direct one by itself', [yes], [], 0, [0]],
  [
    'by the shortest way',
    [yes, no, no],
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    2,
    [0, 2],
  ],
  [
    'through a ring',
    [yes, no, no],
    [
      [0, 1],
      [1, 2],
      [2, 1],
    ],
    2,
    [0, 1, 2],
  ],
  ['from what nothing uses, where the file tells of no direct one', [unknown, unknown], [[0, 1]], 1, [0, 1]],
  ['not at all where nothing leads to it', [yes, no], [], 1, null],
  [
    'not at all in a ring that nothing enters',
    [unknown, unknown],
    [
      [0, 1],
      [1, 0],
    ],
    0,
    null,
  ],
] as const)('a package comes in %s', (_, packages, edges, index, way) => {
  expect(waysIn(packages, edges)(index)).toEqual(way);
});
