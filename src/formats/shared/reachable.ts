/** The given indexes and all that the edges lead to from them. */
export function reachableFrom(roots: readonly number[], edges: readonly (readonly [from: number, to: number])[]): ReadonlySet<number> {
  const targets = Map.groupBy(edges, ([from]) => from);
  const reached = new Set(roots);
  // A set keeps the order of insertion, so what is added here is visited later in the same loop.
  for (const from of reached) {
    for (const [, to] of targets.get(from) ?? []) reached.add(to);
  }
  return reached;
}
