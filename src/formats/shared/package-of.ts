import type { ReadPackage } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';

/**
 * A package of which no more is known than its ecosystem (as OSV spells it, null where it has none), name and version;
 * `more` holds what else the file says, and the purl where the ecosystem does not give it.
 */
export function packageOf(ecosystem: string | null, name: string, version: string | null, more: Partial<ReadPackage> = {}): ReadPackage {
  const purl = ecosystem === null ? null : purlOf(ecosystem, name, version);
  return { ecosystem, name, version, purl, scope: 'runtime', direct: null, licences: [], ...more };
}
