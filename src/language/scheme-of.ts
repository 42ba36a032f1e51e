import type { VersionScheme } from './version-scheme.ts';
import { versionSchemes } from './versions/all.ts';

const schemes: ReadonlyMap<string, VersionScheme> = new Map(
  versionSchemes.flatMap((scheme) => scheme.ecosystems.map((ecosystem): [string, VersionScheme] => [ecosystem, scheme])),
);

/** The version scheme of an ecosystem as OSV spells it (`Packagist:https://…`: the suffix does not count), or null when this build has none. */
export function schemeOf(ecosystem: string): VersionScheme | null {
  return schemes.get(ecosystem.split(':')[0] ?? '') ?? null;
}
