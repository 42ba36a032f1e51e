import { packageOfPurl } from '#language/purl.ts';
import type { SbomDocument } from '#model/sbom.ts';
import type { Statement } from '#model/statement.ts';

/**
 * The refs of what a statement is about: the packages that it names, in the thing it names. A statement about a package that the document does not list, such
 * as one that is fixed since the package went, is about the thing itself; one about nothing in the document is about its subject.
 */
export function affectedRefs({ subject, components, statements }: SbomDocument): (statement: Statement) => readonly string[] {
  if (statements.length === 0) return () => [];
  const byPurl = new Map<string, number[]>();
  const add = (purl: string, index: number): void => {
    const known = byPurl.get(purl);
    if (known === undefined) byPurl.set(purl, [index]);
    else known.push(index);
  };
  components.forEach(({ purl }, index) => {
    if (purl === null) return;
    add(purl, index);
    const plain = withoutVersion(purl);
    if (plain !== null && plain !== purl) add(plain, index);
  });
  const things = new Map<string, number>();
  components.forEach(({ ref, name, purl }, index) => {
    if (purl !== null) return;
    if (!things.has(ref)) things.set(ref, index);
    if (!things.has(name)) things.set(name, index);
  });
  const isIn = (index: number, thing: number): boolean => {
    let at: number | null = index;
    // As deep as documents may nest: whoever goes round in a circle is in nothing.
    for (let steps = 0; at !== null && steps < 1000; steps += 1) {
      if (at === thing) return true;
      at = components[at]?.parent ?? null;
    }
    return false;
  };
  return ({ product, packages }) => {
    const thing = product === null ? undefined : things.get(product);
    const found = packages.flatMap((purl) => byPurl.get(purl) ?? []).filter((index) => thing === undefined || isIn(index, thing));
    if (found.length > 0) return [...new Set(found)].sort((a, b) => a - b).map((index) => components[index]?.ref ?? '');
    const whole = (thing === undefined ? undefined : components[thing]?.ref) ?? subject?.ref;
    return whole === undefined ? [] : [whole];
  };
}

function withoutVersion(purl: string): string | null {
  const at = purl.lastIndexOf('@');
  return at === -1 || packageOfPurl(purl)?.version == null ? null : purl.slice(0, at);
}
