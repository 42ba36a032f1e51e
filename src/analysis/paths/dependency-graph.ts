import type { Edge } from '#language/packed/edges.ts';

/** Neighbours of every node in one column: those of node `n` lie from `start[n]` up to `start[n + 1]`. */
export type Neighbours = { readonly start: Uint32Array; readonly nodes: Uint32Array };

/** The dependencies that one file tells of, laid out to be walked. Nodes are dense; `ids` leads back to interned package versions. */
export type DependencyGraph = {
  readonly ids: readonly number[];
  readonly nodeOf: ReadonlyMap<number, number>;
  /** What a node needs. */
  readonly needs: Neighbours;
  /** What needs a node. */
  readonly neededBy: Neighbours;
  /** Nodes at which paths begin. */
  readonly starts: readonly number[];
  /** True when no package version is known to be direct, so that paths begin at what nothing else needs. */
  readonly startsGuessed: boolean;
};

/** The graph of a file's edges; `occurrences` are the package versions in it, with what is known of their directness. */
export function dependencyGraph(
  edges: readonly Edge[],
  occurrences: readonly { readonly id: number; readonly direct: boolean | null }[],
): DependencyGraph {
  const ids = [...new Set([...occurrences.map((each) => each.id), ...edges.flat()])];
  const nodeOf = new Map(ids.map((id, node) => [id, node]));
  // What needs itself is on no way to anything, and an edge told twice is one.
  const keys = new Set(edges.flatMap(([from, to]) => (from === to ? [] : (nodeOf.get(from) ?? 0) * ids.length + (nodeOf.get(to) ?? 0))));
  const pairs = [...keys].map((key) => [Math.floor(key / ids.length), key % ids.length] as const);
  const neededBy = neighbours(
    ids.length,
    pairs.map(([from, to]) => [to, from]),
  );
  const direct = occurrences.filter((each) => each.direct === true);
  const starting = direct.length > 0 ? direct : occurrences.filter((each) => degree(neededBy, nodeOf.get(each.id) ?? 0) === 0);
  const starts = starting.map((each) => nodeOf.get(each.id) ?? 0);
  return { ids, nodeOf, needs: neighbours(ids.length, pairs), neededBy, starts, startsGuessed: direct.length === 0 };
}

/** The nodes beside a node. */
export function beside({ start, nodes }: Neighbours, node: number): Uint32Array {
  return nodes.subarray(start[node], start[node + 1]);
}

/** Steps from every node to the nearest of the goals, -1 where there is no way; `without` is a node that may not be entered. */
export function distances(along: Neighbours, goals: Iterable<number>, without = -1): Int32Array {
  const found = new Int32Array(along.start.length - 1).fill(-1);
  const queue: number[] = [];
  for (const goal of goals) {
    if (goal === without || found[goal] === 0) continue;
    found[goal] = 0;
    queue.push(goal);
  }
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] ?? 0;
    for (const next of beside(along, node)) {
      if (next === without || found[next] !== -1) continue;
      found[next] = (found[node] ?? 0) + 1;
      queue.push(next);
    }
  }
  return found;
}

function degree({ start }: Neighbours, node: number): number {
  return (start[node + 1] ?? 0) - (start[node] ?? 0);
}

function neighbours(count: number, pairs: readonly (readonly [from: number, to: number])[]): Neighbours {
  const start = new Uint32Array(count + 1);
  for (const [from] of pairs) start[from + 1] = (start[from + 1] ?? 0) + 1;
  for (let node = 0; node < count; node += 1) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const nodes = new Uint32Array(pairs.length);
  const filled = start.slice();
  for (const [from, to] of pairs) {
    const at = filled[from] ?? 0;
    nodes[at] = to;
    filled[from] = at + 1;
  }
  return { start, nodes };
}
