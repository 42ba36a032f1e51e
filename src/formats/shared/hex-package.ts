import type { ReadPackage } from '#model/reading.ts';
import { ownPurl } from './own-purl.ts';
import { packageOf } from './package-of.ts';

/** A package of Hex. One of an organisation (`hexpm:acme`) or of another repository is not in the public registry, so no advisory of that is about it. */
export function hexPackage(name: string, version: string, repository: string | null, hashed: boolean): ReadPackage {
  if (repository === null || repository === 'hexpm') return packageOf('Hex', name, version, { hashed });
  const organisation = repository.startsWith('hexpm:') ? repository.slice('hexpm:'.length) : repository;
  return packageOf(null, name, version, { purl: ownPurl('hex', `${organisation}/${name}`, version, { isDivided: true }), hashed });
}
