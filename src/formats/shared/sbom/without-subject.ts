import type { SbomComponent, SbomDocument } from '#model/sbom.ts';

type Related = Pick<SbomDocument, 'dependencies' | 'stated'> & {
  /** Indexes of what the document describes. */
  readonly described: readonly number[];
};

/**
 * The components of a document that lists what it describes among them: where that is one it becomes the subject, and the others close up. Where several are
 * described all stay, and are named as the roots.
 */
export function withoutSubject(
  components: readonly SbomComponent[],
  { dependencies, stated, described }: Related,
): Pick<SbomDocument, 'subject' | 'components' | 'roots' | 'dependencies' | 'stated'> {
  const [root, ...others] = described;
  const subject = root === undefined || others.length > 0 ? undefined : components[root];
  if (root === undefined || subject === undefined) {
    return { subject: null, components: withoutCycles(components), ...(described.length === 0 ? {} : { roots: described }), dependencies, stated };
  }
  const moved = (index: number): number => (index === root ? -1 : index > root ? index - 1 : index);
  const rest = components.flatMap((each, index) => {
    if (index === root) return [];
    const parent = each.parent === null || each.parent === root ? null : moved(each.parent);
    return [parent === each.parent ? each : { ...each, parent }];
  });
  return {
    subject: { ...subject, parent: null },
    components: withoutCycles(rest),
    dependencies: dependencies.flatMap(([from, to]) => (to === root ? [] : [[moved(from), moved(to)] as const])),
    stated: stated.map(moved),
  };
}

/** What contains itself, through others, is at the top. */
function withoutCycles(components: readonly SbomComponent[]): readonly SbomComponent[] {
  const safe = new Uint8Array(components.length);
  const broken = new Set<number>();
  for (const start of components.keys()) {
    const way: number[] = [];
    const onWay = new Set<number>();
    let at: number | null = start;
    while (at !== null && safe[at] !== 1) {
      if (onWay.has(at)) {
        broken.add(at);
        break;
      }
      way.push(at);
      onWay.add(at);
      at = components[at]?.parent ?? null;
    }
    for (const each of way) safe[each] = 1;
  }
  return broken.size === 0 ? components : components.map((each, index) => (broken.has(index) ? { ...each, parent: null } : each));
}
