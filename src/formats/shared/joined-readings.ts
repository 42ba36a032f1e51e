import type { FoundAt } from '#model/image.ts';
import type { ReadingResult, ReadPackage } from '#model/reading.ts';
import { strongerScope } from './package-list.ts';

/** Packages of several readings as one list, each once, with every place it was found at. */
export type JoinedReadings = {
  add(reading: Pick<ReadingResult, 'packages' | 'edges'>, at: FoundAt): void;
  result(): Pick<ReadingResult, 'packages' | 'edges'>;
};

/** An empty join. */
export function joinedReadings(): JoinedReadings {
  const packages: ReadPackage[] = [];
  const indexes = new Map<string, number>();
  const edges = new Map<string, readonly [number, number]>();
  return {
    add(reading, at) {
      const own = reading.packages.map((pkg) => {
        const key = [pkg.ecosystem ?? '', pkg.name, pkg.version ?? '', pkg.range ?? '', pkg.ecosystem === null ? (pkg.purl ?? '') : ''].join('\0');
        const index = indexes.get(key);
        const known = index === undefined ? undefined : packages[index];
        if (index === undefined || known === undefined) {
          indexes.set(key, packages.length);
          return packages.push({ ...pkg, found: [at] }) - 1;
        }
        packages[index] = joined(known, pkg, at);
        return index;
      });
      for (const [from, to] of reading.edges) {
        const [a, b] = [own[from], own[to]];
        if (a !== undefined && b !== undefined && a !== b) edges.set(`${String(a)} ${String(b)}`, [a, b]);
      }
    },
    result: () => ({ packages, edges: [...edges.values()] }),
  };
}

const mostPlaces = 50;

function joined(a: ReadPackage, b: ReadPackage, at: FoundAt): ReadPackage {
  const found = a.found ?? [];
  const isKnown = found.some((each) => each.path === at.path) || found.length >= mostPlaces;
  const direct = a.direct === true || b.direct === true ? true : (a.direct ?? b.direct);
  return {
    ...a,
    direct,
    scope: strongerScope(a.scope, b.scope),
    licences: [...new Set([...a.licences, ...b.licences])],
    found: isKnown ? found : [...found, at],
  };
}
