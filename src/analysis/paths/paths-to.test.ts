import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edge } from '#language/packed/edges.ts';
import { dependencyGraph } from './dependency-graph.ts';
import { bringersOf, pathsTo, usualSteps } from './paths-to.ts';

const limits = { atMost: 100, stepsAtMost: usualSteps };

function graphOf(direct: readonly number[], edges: readonly Edge[]) {
  const ids = [...new Set([...direct, ...edges.flat()])];
  return dependencyGraph(
    edges,
    ids.map((id) => ({ id, direct: direct.length === 0 ? null : direct.includes(id) })),
  );
}

describe('pathsTo', () => {
  it.each<readonly [what: string, direct: readonly number[], edges: readonly Edge[], paths: number[][], shared: number[]]>([
    [
      'a chain',
      [1],
      [
        [1, 2],
        [2, 3],
        [3, 9],
      ],
      [[1, 2, 3, 9]],
      [1, 2, 3],
    ],
    ['a direct dependency', [9, 1], [[1, 2]], [[9]], []],
    ['a direct dependency that another one needs as well', [9, 1], [[1, 9]], [[9], [1, 9]], []],
    [
      'a diamond',
      [1],
      [
        [1, 2],
        [1, 3],
        [2, 4],
        [3, 4],
        [4, 9],
      ],
      [
        [1, 2, 4, 9],
        [1, 3, 4, 9],
      ],
      [1, 4],
    ],
    [
      'two parents with nothing in common',
      [1, 2],
      [
        [1, 9],
        [2, 3],
        [3, 9],
      ],
      [
        [1, 9],
        [2, 3, 9],
      ],
      [],
    ],
    [
      'a cycle beside the way',
      [1],
      [
        [1, 2],
        [2, 3],
        [3, 2],
        [2, 9],
      ],
      [[1, 2, 9]],
      [1, 2],
    ],
    [
      'a cycle on the way',
      [1],
      [
        [1, 2],
        [1, 3],
        [2, 3],
        [3, 2],
        [2, 9],
        [3, 9],
      ],
      [
        [1, 2, 9],
        [1, 3, 9],
        [1, 3, 2, 9],
        [1, 2, 3, 9],
      ],
      [1],
    ],
    [
      'a package that needs itself',
      [1],
      [
        [1, 1],
        [1, 9],
        [9, 9],
      ],
      [[1, 9]],
      [1],
    ],
    [
      'a package that needs its own parent',
      [1],
      [
        [1, 9],
        [9, 1],
      ],
      [[1, 9]],
      [1],
    ],
    [
      'starts nobody told of',
      [],
      [
        [1, 2],
        [2, 9],
        [3, 9],
      ],
      [
        [3, 9],
        [1, 2, 9],
      ],
      [],
    ],
    [
      'no way',
      [1],
      [
        [1, 2],
        [3, 9],
      ],
      [],
      [],
    ],
  ])('finds every path of %s, shortest first, and what they share', (_, direct, edges, paths, shared) => {
    const found = pathsTo(graphOf(direct, edges), 9, limits);
    expect(found).toEqual({ paths, count: paths.length, isExact: true, shared });
  });

  it('counts 2^40 paths exactly and lists the first few', () => {
    const edges: Edge[] = [];
    for (let layer = 0; layer < 40; layer += 1) {
      const from = layer * 3;
      edges.push([from, from + 1], [from, from + 2], [from + 1, from + 3], [from + 2, from + 3]);
    }
    const found = pathsTo(graphOf([0], edges), 120, { atMost: 3, stepsAtMost: usualSteps });
    expect([found.count, found.isExact, found.paths.length, found.paths[0]?.length]).toEqual([2 ** 40, true, 3, 81]);
    expect(found.shared).toEqual(Array.from({ length: 40 }, (_, layer) => layer * 3));
  });

  it('says "at least" where the number passes what a number can hold', () => {
    const edges: Edge[] = Array.from({ length: 60 }, (_, layer): Edge[] => [
      [layer * 3, layer * 3 + 1],
      [layer * 3, layer * 3 + 2],
      [layer * 3 + 1, layer * 3 + 3],
      [layer * 3 + 2, layer * 3 + 3],
    ]).flat();
    expect(pathsTo(graphOf([0], edges), 180, limits)).toMatchObject({ count: Number.MAX_SAFE_INTEGER, isExact: false });
  });

  it('stops in a clique of 2,000 packages that all need each other, and says "at least"', () => {
    const edges: Edge[] = [];
    for (let from = 0; from < 2000; from += 1) for (let step = 1; step <= 8; step += 1) edges.push([from, (from + step * step) % 2000]);
    const found = pathsTo(graphOf([0, 1, 2], edges), 1999, { atMost: 100, stepsAtMost: usualSteps });
    expect(found.isExact).toBe(false);
    expect(found.paths).toHaveLength(100);
    expect(found.count).toBeGreaterThanOrEqual(100);
  });

  it('agrees with walking every path of small graphs', () => {
    const node = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 16 }), fc.uniqueArray(node, { minLength: 1, maxLength: 3 }), (edges, direct) => {
        const found = pathsTo(graphOf(direct, edges), 6, { atMost: 10_000, stepsAtMost: usualSteps });
        const all = everyPath(edges, direct, 6);
        expect(found.paths.map((path) => path.join(' ')).sort()).toEqual(all.map((path) => path.join(' ')).sort());
        expect(found.paths.map((path) => path.length)).toEqual(all.map((path) => path.length).sort((a, b) => a - b));
        expect([found.count, found.isExact]).toEqual([all.length, true]);
        const through = [0, 1, 2, 3, 4, 5].filter((each) => all.length > 0 && all.every((path) => path.includes(each)));
        expect([...found.shared].sort()).toEqual(through);
      }),
    );
  });
});

describe('bringersOf', () => {
  it('names the direct dependencies that lead to any of the versions, never the version itself', () => {
    const graph = graphOf(
      [1, 2, 3, 8],
      [
        [1, 4],
        [4, 8],
        [2, 9],
        [3, 5],
      ],
    );
    expect(bringersOf(graph, [8, 9])).toEqual([1, 2]);
  });
});

function everyPath(edges: readonly Edge[], direct: readonly number[], target: number): readonly (readonly number[])[] {
  const unique = [...new Map(edges.map((edge) => [edge.join(), edge])).values()];
  const go = (path: readonly number[]): readonly (readonly number[])[] =>
    path.at(-1) === target ? [path] : unique.flatMap(([from, to]) => (from === path.at(-1) && !path.includes(to) ? go([...path, to]) : []));
  return direct.flatMap((start) => go([start]));
}
