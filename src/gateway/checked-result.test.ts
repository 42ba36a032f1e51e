import { describe, expect, it } from 'vitest';
import type { ReadingResult, ReadPackage } from '#model/reading.ts';
import { checkedResult, resultLimits } from './checked-result.ts';

const lodash: ReadPackage = { ecosystem: 'npm', name: 'lodash', version: '4.17.21', purl: null, scope: 'runtime', direct: true, licences: [] };
const resultOf = (parts: Partial<ReadingResult>): ReadingResult => ({ packages: [], edges: [], problems: [], ...parts });
const codes = (result: ReadingResult) => result.problems.map((problem) => problem.code);

describe('a checked result', () => {
  it.each([
    ['a name of more than 1,000 characters', { name: 'x'.repeat(1_001) }, 'name-too-long'],
    ['a name with a line break', { name: 'a\nb' }, 'control-character'],
    ['a version with NUL', { version: '1\0' }, 'control-character'],
    ['half a surrogate pair in its name', { name: 'a\ud800' }, 'control-character'],
    ['an empty name', { name: '' }, 'no-name'],
    ['a number for a version', { version: 1 as unknown as string }, 'wrong-type'],
  ])('leaves out a package with %s and says so', (_, odd, code) => {
    const result = checkedResult(resultOf({ packages: [{ ...lodash, ...odd }, lodash] }), 'a/x.lock');
    expect(result.packages).toEqual([lodash]);
    expect(result.problems).toMatchObject([{ code, path: 'a/x.lock', severity: 'error' }]);
  });

  it('keeps the edges right when a package is left out', () => {
    const packages = [lodash, { ...lodash, name: '' }, { ...lodash, name: 'b' }];
    expect(
      checkedResult(
        resultOf({
          packages,
          edges: [
            [0, 1],
            [0, 2],
            [1, 2],
            [2, 7],
          ],
        }),
        'x',
      ).edges,
    ).toEqual([[0, 1]]);
  });

  it('keeps at most so many packages, edges and problems, and says what it left out', () => {
    const problem = { code: 'odd', message: 'odd', severity: 'warning' as const };
    const many = resultOf({
      packages: [lodash, lodash, lodash],
      edges: [
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      problems: [problem, problem],
    });
    const result = checkedResult(many, 'x', { ...resultLimits, packages: 2, edges: 2, problems: 4 });
    expect([result.packages.length, result.edges.length]).toEqual([2, 2]);
    expect(codes(result)).toEqual(['odd', 'odd', 'too-many-packages', 'too-many-edges']);
    expect(codes(checkedResult(many, 'x', { ...resultLimits, problems: 1 }))).toEqual(['odd', 'too-many-problems']);
  });

  it('gives equal results the same JSON, whatever the order of their keys and whatever else they carry', () => {
    const { name, ...rest } = lodash;
    const shuffled = { ...rest, name, extra: 'x' };
    expect(JSON.stringify(checkedResult(resultOf({ packages: [shuffled] }), 'x'))).toBe(
      JSON.stringify(checkedResult(resultOf({ packages: [lodash] }), 'x')),
    );
  });

  it('drops NUL and half characters from texts that are only shown', () => {
    const result = checkedResult(
      resultOf({ packages: [{ ...lodash, licences: ['MIT\0'] }], problems: [{ code: 'c', message: 'a\ud800b', severity: 'error' }] }),
      'x',
    );
    expect(result.packages[0]?.licences).toEqual(['MIT\uFFFD']);
    expect(result.problems[0]?.message).toBe('a\uFFFDb');
  });
});
