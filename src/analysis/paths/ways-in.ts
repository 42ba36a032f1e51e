/**
 * How each package of one file comes in: indexes from a direct one, or one that nothing else uses, down to it, by the shortest way; null where no edge
 * tells. `direct` is null for what the file cannot tell.
 */
export function waysIn(
  packages: readonly { readonly direct: boolean | null }[],
  edges: readonly (readonly [from: number, to: number])[],
): (index: number) => readonly number[] | null {
  const uses: number[][] = packages.map(() => []);
  const isUsed = new Uint8Array(packages.length);
  for (const [from, to] of edges) {
    uses[from]?.push(to);
    isUsed[to] = 1;
  }
  const knowsDirect = packages.some((each) => each.direct === true);
  const before = new Int32Array(packages.length).fill(-1);
  const reached: number[] = [];
  packages.forEach(({ direct }, index) => {
    if (knowsDirect ? direct !== true : isUsed[index] === 1) return;
    before[index] = index;
    reached.push(index);
  });
  for (let at = 0; at < reached.length; at += 1) {
    const from = reached[at] ?? 0;
    for (const to of uses[from] ?? []) {
      if (before[to] !== -1) continue;
      before[to] = from;
      reached.push(to);
    }
  }
  return (index) => {
    if ((before[index] ?? -1) === -1) return null;
    const way = [index];
    for (let at = index; before[at] !== at;) way.push((at = before[at] ?? at));
    return way.reverse();
  };
}
