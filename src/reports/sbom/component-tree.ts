import type { SbomComponent } from '#model/sbom.ts';

/** Which components lie in which, in the order of the document. */
export type ComponentTree = { readonly top: readonly number[]; readonly inside: (index: number) => readonly number[] };

const none: readonly number[] = [];

/** Components as a tree. One whose parents go round in a circle stands at the top, so that none is lost. */
export function componentTree(components: readonly SbomComponent[]): ComponentTree {
  const top: number[] = [];
  const inside = new Map<number, number[]>();
  const isRooted = rootedOnes(components);
  components.forEach(({ parent }, index) => {
    if (parent === null || components[parent] === undefined || isRooted[index] !== 1) top.push(index);
    else {
      const others = inside.get(parent);
      if (others === undefined) inside.set(parent, [index]);
      else others.push(index);
    }
  });
  return { top, inside: (index) => inside.get(index) ?? none };
}

/** 1 for each component from which the way up ends at the top. */
function rootedOnes(components: readonly SbomComponent[]): Uint8Array {
  const state = new Uint8Array(components.length);
  for (let index = 0; index < components.length; index += 1) {
    const way: number[] = [];
    let at: number | null = index;
    while (at !== null && components[at] !== undefined && state[at] === 0) {
      state[at] = 2;
      way.push(at);
      at = components[at]?.parent ?? null;
    }
    // Who meets a way that is being gone goes round in a circle.
    const isRooted = at === null || components[at] === undefined || state[at] === 1;
    for (const each of way) state[each] = isRooted ? 1 : 3;
  }
  return state;
}
