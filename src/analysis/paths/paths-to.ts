import { beside, distances, type DependencyGraph } from './dependency-graph.ts';

/** The ways from what a component names itself to one package version. Ids are interned package versions. */
export type PathsFound = {
  /** Shortest first, at most as many as asked for; both ends included, no package version twice on one path. */
  readonly paths: readonly (readonly number[])[];
  /** How many there are; at least that many where `isExact` is false. */
  readonly count: number;
  readonly isExact: boolean;
  /** What every path goes through before it arrives, from the component's side on; empty where paths have nothing in common. */
  readonly shared: readonly number[];
};

/** How far to look. */
export type PathLimits = {
  /** Paths listed. */
  readonly atMost: number;
  /** Partial paths looked at: what bounds the time where cycles leave an exponential number of ways. */
  readonly stepsAtMost: number;
};

/** Few enough for milliseconds, enough for every path of nearly every real lockfile. */
export const usualSteps = 50_000;

const none: PathsFound = { paths: [], count: 0, isExact: true, shared: [] };

/**
 * The simple paths to a package version. Where those between are free of cycles their number is counted exactly without walking them;
 * else they are counted one by one as far as `stepsAtMost` reaches.
 */
export function pathsTo(graph: DependencyGraph, targetId: number, { atMost, stepsAtMost }: PathLimits): PathsFound {
  const target = graph.nodeOf.get(targetId);
  if (target === undefined) return none;
  const left = distances(graph.neededBy, [target]);
  const starts = graph.starts.filter((node) => left[node] !== -1);
  if (starts.length === 0) return none;
  const counted = countByOrder(graph, starts, target, left);
  const walked = walk(graph, starts, { target, left }, { atMost, stepsAtMost, countsOn: counted === null });
  const shared = walked.paths[0]?.slice(0, -1).filter((node) => !isAround(graph, starts, target, node)) ?? [];
  const total = counted ?? walked.total;
  return {
    paths: walked.paths.map((path) => path.map((node) => graph.ids[node] ?? 0)),
    count: Math.min(total, Number.MAX_SAFE_INTEGER),
    isExact: (counted !== null || walked.isWhole) && total <= Number.MAX_SAFE_INTEGER,
    shared: shared.map((node) => graph.ids[node] ?? 0),
  };
}

/** The package versions at which paths to any of the targets begin, in the order of the graph; a target itself is left out. */
export function bringersOf(graph: DependencyGraph, targetIds: Iterable<number>): readonly number[] {
  const targets = new Set([...targetIds].flatMap((id) => graph.nodeOf.get(id) ?? []));
  const left = distances(graph.neededBy, targets);
  return graph.starts.filter((node) => left[node] !== -1 && !targets.has(node)).map((node) => graph.ids[node] ?? 0);
}

/** True when a path leads to the target around a node. */
function isAround(graph: DependencyGraph, starts: readonly number[], target: number, node: number): boolean {
  const left = distances(graph.neededBy, [target], node);
  return starts.some((start) => left[start] !== -1);
}

/** The number of paths as sums in topological order; null where a cycle lies on the way. Past 2^53 it is only roughly so. */
function countByOrder(graph: DependencyGraph, starts: readonly number[], target: number, left: Int32Array): number | null {
  const waiting = new Int32Array(graph.ids.length);
  const reached = new Uint8Array(graph.ids.length);
  const stack = [...starts];
  for (const start of starts) reached[start] = 1;
  let nodes = stack.length;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === target) continue;
    for (const next of beside(graph.needs, node)) {
      if (left[next] === -1) continue;
      waiting[next] = (waiting[next] ?? 0) + 1;
      if (reached[next] === 1) continue;
      reached[next] = 1;
      nodes += 1;
      stack.push(next);
    }
  }
  const ways = new Float64Array(graph.ids.length);
  for (const start of starts) ways[start] = 1;
  const ready = starts.filter((start) => waiting[start] === 0);
  let done = 0;
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    done += 1;
    if (node === target) continue;
    for (const next of beside(graph.needs, node)) {
      if (left[next] === -1) continue;
      ways[next] = (ways[next] ?? 0) + (ways[node] ?? 0);
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0) ready.push(next);
    }
  }
  return done === nodes ? (ways[target] ?? 0) : null;
}

type Goal = { readonly target: number; /** Steps to the target by node. */ readonly left: Int32Array };
type Walked = { readonly paths: readonly (readonly number[])[]; readonly total: number; readonly isWhole: boolean };

/**
 * Partial paths, those that can become shortest taken first: steps so far plus steps left at least. Among equals the last one goes on,
 * so that a path is finished before others of its length are begun.
 */
function walk(
  graph: DependencyGraph,
  starts: readonly number[],
  { target, left }: Goal,
  { atMost, stepsAtMost, countsOn }: PathLimits & { readonly countsOn: boolean },
): Walked {
  const [nodes, before, depths]: [number[], number[], number[]] = [[], [], []];
  const byLength: number[][] = [];
  const put = (node: number, parent: number, depth: number): void => {
    (byLength[depth + (left[node] ?? 0)] ??= []).push(nodes.length);
    nodes.push(node);
    before.push(parent);
    depths.push(depth);
  };
  for (const start of starts.toReversed()) put(start, -1, 0);
  const paths: (readonly number[])[] = [];
  let total = 0;
  // Longer paths may be put while shorter ones are taken, so the length is read anew.
  for (let length = 0; length < byLength.length; length += 1) {
    const partial = byLength[length];
    for (let at = partial?.pop(); at !== undefined; at = partial?.pop()) {
      const node = nodes[at] ?? 0;
      if (node === target) {
        total += 1;
        if (paths.length < atMost) paths.push(pathBack(nodes, before, at));
        if (paths.length >= atMost && !countsOn) return { paths, total, isWhole: false };
        continue;
      }
      if (nodes.length > stepsAtMost) return { paths, total, isWhole: false };
      const needs = beside(graph.needs, node);
      for (let last = needs.length - 1; last >= 0; last -= 1) {
        const next = needs[last] ?? 0;
        if (left[next] !== -1 && !isOnPath(nodes, before, at, next)) put(next, at, (depths[at] ?? 0) + 1);
      }
    }
  }
  return { paths, total, isWhole: true };
}

function isOnPath(nodes: readonly number[], before: readonly number[], last: number, node: number): boolean {
  for (let at = last; at !== -1; at = before[at] ?? -1) if (nodes[at] === node) return true;
  return false;
}

function pathBack(nodes: readonly number[], before: readonly number[], last: number): readonly number[] {
  const path: number[] = [];
  for (let at = last; at !== -1; at = before[at] ?? -1) path.push(nodes[at] ?? 0);
  return path.reverse();
}
