import type { SbomDocument } from '#model/sbom.ts';

/** What one component uses, by indexes in order, each once; empty where it is stated that it uses nothing. */
export type StatedDependencies = { readonly from: number; readonly to: readonly number[] };

/** The dependencies that a document states, in the order of its components, the subject first. What is about nothing in the document is left out. */
export function statedDependencies({ subject, components, dependencies, stated }: SbomDocument): readonly StatedDependencies[] {
  const isThere = (index: number): boolean => (index === -1 ? subject !== null : index >= 0 && index < components.length);
  const byFrom = new Map<number, Set<number>>();
  for (const index of stated) if (isThere(index)) byFrom.set(index, new Set());
  for (const [from, to] of dependencies) {
    if (!isThere(from) || !isThere(to)) continue;
    const known = byFrom.get(from);
    if (known === undefined) byFrom.set(from, new Set([to]));
    else known.add(to);
  }
  const ordered = [...byFrom].sort(([a], [b]) => a - b);
  return ordered.map(([from, to]) => ({ from, to: [...to].sort((a, b) => a - b) }));
}
