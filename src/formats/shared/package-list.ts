import type { ReadPackage, Scope } from '#model/reading.ts';
import { linkList } from './link-list.ts';

/** Package versions in file order, each once, and the edges between them. */
export type PackageList = {
  /** Adds a package version, or joins it to the equal one that is there; gives its index. */
  add(key: string, pkg: ReadPackage): number;
  /** Adds an edge; an edge that is there already, or one from a package to itself, is left out. */
  link(from: number, to: number): void;
  packages(): readonly ReadPackage[];
  edges(): readonly (readonly [from: number, to: number])[];
};

/** An empty list. The key says which package versions are one: normalised name and version, or range. */
export function packageList(): PackageList {
  const packages: ReadPackage[] = [];
  const indexes = new Map<string, number>();
  const links = linkList();
  return {
    add: (key, pkg) => {
      const index = indexes.get(key);
      const known = index === undefined ? undefined : packages[index];
      if (index === undefined || known === undefined) {
        indexes.set(key, packages.length);
        return packages.push(pkg) - 1;
      }
      packages[index] = joined(known, pkg);
      return index;
    },
    link: links.add,
    packages: () => packages,
    edges: links.edges,
  };
}

/** Scopes from the one that matters most at run time to the least. */
const scopesByWeight: readonly Scope[] = ['runtime', 'provided', 'peer', 'optional', 'build', 'test', 'development'];

/** The scope that wins when one package version is used in two ways. */
export function strongerScope(a: Scope, b: Scope): Scope {
  return scopesByWeight.indexOf(a) <= scopesByWeight.indexOf(b) ? a : b;
}

function joined(a: ReadPackage, b: ReadPackage): ReadPackage {
  const direct = a.direct === true || b.direct === true ? true : (a.direct ?? b.direct);
  const hashes = a.hashes === undefined && b.hashes === undefined ? {} : { hashes: [...new Set([...(a.hashes ?? []), ...(b.hashes ?? [])])] };
  return { ...a, scope: strongerScope(a.scope, b.scope), direct, licences: [...new Set([...a.licences, ...b.licences])], ...hashes };
}
