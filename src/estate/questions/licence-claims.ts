import { storedJson } from '#language/readers/json.ts';
import type { LicenceClaim } from '#model/licence.ts';
import type { RegistrySummary } from '#model/registry-summary.ts';
import { packageSlotKey, type Estate } from '../estate.ts';
import { claimsOf, putClaims } from '../licences.ts';

/** Everything that files and the registry say of the licence of a version slot. */
export function licenceClaims(estate: Estate, version: number): readonly LicenceClaim[] {
  takeRegistry(estate, estate.packageOf[version] ?? 0);
  return claimsOf(estate.licences, version);
}

/** Number of the set of them: the same for all versions of which the same is said. */
export function licenceSet(estate: Estate, version: number): number {
  takeRegistry(estate, estate.packageOf[version] ?? 0);
  return estate.licences.setOf[version] ?? 0;
}

/** What a registry says of the licence of a version that nobody here may use; null when nobody asked it, or it does not say. */
export function registryLicences(estate: Estate, packageKey: string, version: string): readonly string[] | null {
  const text = estate.registry.get(packageKey);
  if (text === undefined) return null;
  const { licences = [], versions } = storedJson(text) as Partial<RegistrySummary> & Pick<RegistrySummary, 'versions'>;
  const at = versions.find(([each]) => each === version)?.[3];
  return at == null ? null : (licences[at] ?? null);
}

/** Descriptions of registries are long, and most packages are asked about seldom: each is taken apart once, when its first version is. */
function takeRegistry(estate: Estate, packageSlot: number): void {
  const { licences } = estate;
  if (licences.registryTaken[packageSlot] === 1) return;
  if (packageSlot >= licences.registryTaken.length) {
    const larger = new Uint8Array(Math.max(1024, Math.ceil(estate.packages.length * 1.2)));
    larger.set(licences.registryTaken);
    licences.registryTaken = larger;
  }
  licences.registryTaken[packageSlot] = 1;
  const holder = estate.packages[packageSlot];
  const text = holder === undefined ? undefined : estate.registry.get(packageSlotKey(holder.ecosystem, holder.name_key));
  if (text === undefined) return;
  const { licences: lists = [], versions } = storedJson(text) as Partial<RegistrySummary> & Pick<RegistrySummary, 'versions'>;
  const saidOf = new Map(versions.map(([version, , , at]) => [version, at == null ? undefined : lists[at]]));
  const taken = licences.taken;
  for (let slot = estate.firstVersion[packageSlot] ?? -1; slot !== -1; slot = estate.nextVersion[slot] ?? -1) {
    const said = saidOf.get(estate.versions[slot]?.version ?? '');
    putClaims(licences, slot, 'registry', said === undefined ? [] : [said]);
  }
  // It was there before: whoever keeps answers made of it asks it by these functions.
  licences.taken = taken;
}
