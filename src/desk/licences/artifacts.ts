import type { Artifact } from '#model/licence.ts';

/** What components deliver, by ref of the component and name of the artifact. */
export type Artifacts = Map<string, Map<string, DeclaredArtifact>>;

/** An artifact as somebody declared it last. */
export type DeclaredArtifact = Artifact & { readonly by: string; readonly at: number };

const none: readonly DeclaredArtifact[] = [];
const lists = new WeakMap<ReadonlyMap<string, DeclaredArtifact>, readonly DeclaredArtifact[]>();

/** What a component delivers, by name; empty: nobody said. The same list until somebody says otherwise. */
export function artifactsOf(artifacts: Artifacts, component: string): readonly DeclaredArtifact[] {
  const declared = artifacts.get(component);
  if (declared === undefined) return none;
  let list = lists.get(declared);
  if (list === undefined) lists.set(declared, (list = [...declared.values()].sort((a, b) => (a.name < b.name ? -1 : 1))));
  return list;
}
