import type { ReadPackage } from '#model/reading.ts';
import type { NamedCount, Supply } from '#model/supply.ts';

const named = 3;

/** What the packages of one reading say, together; null when they say nothing. */
export function supplyOf(packages: readonly ReadPackage[]): Supply | null {
  const hosts = new Map<string, string[]>();
  let withoutHash: string[] | null = null;
  for (const { name, registry, hashed } of packages) {
    if (registry !== undefined) {
      const known = hosts.get(registry);
      if (known === undefined) hosts.set(registry, [name]);
      else known.push(name);
    }
    if (hashed !== undefined) withoutHash ??= [];
    if (hashed === false) withoutHash?.push(name);
  }
  if (hosts.size === 0 && withoutHash === null) return null;
  return {
    withoutHash: withoutHash === null ? null : countOf(withoutHash),
    hosts: hosts.size === 0 ? null : Object.fromEntries([...hosts].sort().map(([host, names]) => [host, countOf(names)])),
  };
}

function countOf(names: readonly string[]): NamedCount {
  return { count: names.length, some: [...new Set(names)].sort().slice(0, named) };
}
