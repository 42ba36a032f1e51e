import type { VersionScheme } from './version-scheme.ts';
import { versionSchemes } from './versions/all.ts';

const schemes: ReadonlyMap<string, VersionScheme> = new Map(
  versionSchemes.flatMap((scheme) => scheme.ecosystems.map((ecosystem): [string, VersionScheme] => [ecosystem, scheme])),
);

/** Who rebuilds packages of other ecosystems and names the origin after the colon: `Root:Alpine:3.18`, `Echo:PyPI`. */
const rebuilders: ReadonlySet<string> = new Set(['Docker Hardened Images', 'Echo', 'Root']);

/** Origins whose order holds for what is rebuilt. npm's does not: Root adds a pre-release there, which npm would put before what it mends. */
const rebuilt: ReadonlySet<string> = new Set(['Alpine', 'Debian', 'Ubuntu', 'PyPI']);

/**
 * The version scheme of an ecosystem as OSV spells it, or null when this build has none. Suffixes do not count
 * (`Packagist:https://…`, `Debian:12`), unless they name the ecosystem that was rebuilt.
 */
export function schemeOf(ecosystem: string): VersionScheme | null {
  const [base = '', origin = ''] = ecosystem.split(':', 2);
  return schemes.get(rebuilders.has(base) && rebuilt.has(origin) ? origin : base) ?? null;
}
