/**
 * The name under which an ecosystem (as OSV spells it, suffix allowed) knows a package, whatever spelling was used:
 * PEP 503 for PyPI, lower case where case does not count, unchanged elsewhere. Unique within the ecosystem only.
 */
export function packageKey(ecosystem: string, name: string): string {
  const colon = ecosystem.indexOf(':');
  const base = colon === -1 ? ecosystem : ecosystem.slice(0, colon);
  if (base === 'PyPI') return name.toLowerCase().replace(/[-_.]+/g, '-');
  return withoutCase.has(base) ? name.toLowerCase() : name;
}

/** Ecosystems whose registries hold one package under any case of its name. */
const withoutCase: ReadonlySet<string> = new Set(['NuGet', 'Packagist', 'Hex', 'Pub', 'GitHub Actions', 'VSCode', 'Bitnami']);
