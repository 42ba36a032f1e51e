/** From uses to, by index. */
export type Link = readonly [from: number, to: number];

/** Dependency edges by index, each once and none from a package to itself, in the order of their first mention. */
export type LinkList = {
  /** `link` is the pair itself where there is one already: there may be millions. */
  add(from: number, to: number, link?: Link): void;
  edges(): readonly Link[];
};

/** Up to so many targets are looked through; a set for each of hundreds of thousands would take more room than all else. */
const fewTargets = 16;

/** An empty list of edges. */
export function linkList(): LinkList {
  const links = new Map<number, Link[]>();
  const sets = new Map<number, Set<number>>();
  return {
    add: (from, to, link = [from, to]) => {
      if (from === to) return;
      const known = links.get(from);
      if (known === undefined) {
        links.set(from, [link]);
        return;
      }
      const set = sets.get(from);
      if (set === undefined ? known.some(([, other]) => other === to) : set.has(to)) return;
      // A list that grows by one takes room for many more.
      if (known.length < fewTargets) links.set(from, [...known, link]);
      else known.push(link);
      if (set !== undefined) set.add(to);
      else if (known.length >= fewTargets) sets.set(from, new Set(known.map(([, other]) => other)));
    },
    edges: () => {
      const edges: Link[] = [];
      for (const of of links.values()) {
        for (const link of of) edges.push(link);
      }
      return edges;
    },
  };
}
