import type { SbomComponent } from '#model/sbom.ts';

const taken = 'SPDXRef-DOCUMENT';

/**
 * An SPDX id for each component by its index, -1 for the subject: its own where it is one, else made from its ref, so that a document looks much the same
 * when a component comes or goes.
 */
export function spdxIds(subject: SbomComponent | null, components: readonly SbomComponent[]): (index: number) => string {
  const used = new Set([taken]);
  const of = (ref: string): string => {
    const words = ref.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-+|-+$/g, '');
    const wanted = /^SPDXRef-[A-Za-z0-9.-]+$/.test(ref) ? ref : `SPDXRef-${words === '' ? 'Package' : words.slice(0, 200)}`;
    let id = wanted;
    for (let next = 2; used.has(id); next += 1) id = `${wanted}-${String(next)}`;
    used.add(id);
    return id;
  };
  const subjectId = subject === null ? taken : of(subject.ref);
  const ids = components.map(({ ref }) => of(ref));
  return (index) => (index === -1 ? subjectId : (ids[index] ?? taken));
}
