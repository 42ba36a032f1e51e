import { hostOf } from '#language/registry-host.ts';
import type { ReadPackage } from '#model/reading.ts';

/** Where a package is taken from, as its address says; nothing where that names no host. */
export function takenFrom(address: string | null): Pick<ReadPackage, 'registry'> {
  const host = address === null ? null : hostOf(address);
  return host === null ? {} : { registry: host };
}
