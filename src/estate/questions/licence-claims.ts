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
  return registryLicencesOf(estate, packageKey).get(version) ?? null;
}

/** What a registry says of the licences of a package's versions, by version, in their order; those of which it says none are left out. */
export function registryLicencesOf(estate: Estate, packageKey: string): ReadonlyMap<string, readonly string[]> {
  const text = estate.registry.get(packageKey);
  if (text === undefined) return new Map();
  const { licences = [], versions } = storedJson(text) as RegistrySummary;
  return new Map(
    versions.flatMap(([version, , , at]): readonly (readonly [string, readonly string[]])[] => {
      const said = at == null ? undefined : licences[at];
      return said === undefined || said.length === 0 ? [] : [[version, said]];
    }),
  );
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
  const key = holder === undefined ? '' : packageSlotKey(holder.ecosystem, holder.name_key);
  if (!estate.registry.has(key)) return;
  const saidOf = registryLicencesOf(estate, key);
  const taken = licences.taken;
  for (let slot = estate.firstVersion[packageSlot] ?? -1; slot !== -1; slot = estate.nextVersion[slot] ?? -1) {
    const said = saidOf.get(estate.versions[slot]?.version ?? '');
    putClaims(licences, slot, 'registry', said === undefined ? [] : [said]);
  }
  // It was there before: whoever keeps answers made of it asks it by these functions.
  licences.taken = taken;
}
