import { dependencyGraph, type DependencyGraph } from '#analysis/paths/dependency-graph.ts';
import { bringersOf } from '#analysis/paths/paths-to.ts';
import type { Estate } from '#estate/estate.ts';
import { unpackEdges } from '#language/packed/edges.ts';
import { directOf } from '#language/packed/flags.ts';
import { unpackOpen, type OpenOccurrence } from '#language/packed/open-occurrences.ts';
import type { StoreReads } from '#store/store.ts';
import { stepOf, type PathStep } from './component-paths.ts';

/** How package versions come into a component. */
export type BroughtBy = {
  /** The component names it itself, somewhere. */
  readonly isDirect: boolean;
  /** Direct dependencies that lead to it. */
  readonly by: readonly PathStep[];
  /** True where a file has it and tells neither of directness nor of who needs whom: there may be more. */
  readonly isUnknown: boolean;
};

/** Tells of a package in one component how it comes there; its versions as written. */
export type Bringers = (packageSlot: number, versions: ReadonlySet<string>) => BroughtBy;

type Laid = { readonly open: readonly OpenOccurrence[]; readonly graph: DependencyGraph; readonly hasEdges: boolean };

/** Lays a component's edges out once, for any number of its packages. */
export async function bringersIn(reads: Pick<StoreReads, 'evidenceOf'>, estate: Estate, componentSlot: number): Promise<Bringers> {
  const component = estate.components[componentSlot];
  const files: Laid[] = [];
  for (const evidence of component === undefined ? [] : await reads.evidenceOf(component.id)) {
    if (evidence.ended !== 0) continue;
    const open = unpackOpen(evidence.open);
    const edges = unpackEdges(evidence.edges);
    const graph = dependencyGraph(
      edges,
      open.map(({ id, flags }) => ({ id, direct: directOf(flags) })),
    );
    files.push({ open, graph, hasEdges: edges.length > 0 });
  }
  return (packageSlot, versions) => {
    const by = new Map<string, PathStep>();
    let [isDirect, isUnknown] = [false, false];
    for (const { open, graph, hasEdges } of files) {
      const targets = open.filter(({ id }) => {
        const slot = estate.slots.version[id] ?? -1;
        return slot !== -1 && estate.packageOf[slot] === packageSlot && versions.has(estate.versions[slot]?.version ?? '');
      });
      if (targets.length === 0) continue;
      const direct = targets.some(({ flags }) => directOf(flags) === true);
      const ids = bringersOf(
        graph,
        targets.map(({ id }) => id),
      );
      isDirect ||= direct;
      isUnknown ||= !direct && (!hasEdges || graph.startsGuessed || ids.length === 0);
      for (const id of graph.startsGuessed ? [] : ids) {
        const step = stepOf(estate, id);
        by.set(`${step.purl}@${step.version ?? ''}`, step);
      }
    }
    return { isDirect, isUnknown, by: [...by.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
  };
}
