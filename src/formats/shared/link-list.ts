/** Dependency edges by index, each once and none from a package to itself, in the order of their first mention. */
export type LinkList = {
  add(from: number, to: number): void;
  edges(): readonly (readonly [from: number, to: number])[];
};

/** An empty list of edges. */
export function linkList(): LinkList {
  const targets = new Map<number, Set<number>>();
  return {
    add: (from, to) => {
      if (from === to) return;
      const known = targets.get(from);
      if (known === undefined) targets.set(from, new Set([to]));
      else known.add(to);
    },
    edges: () => [...targets].flatMap(([from, tos]) => [...tos].map((to) => [from, to] as const)),
  };
}
