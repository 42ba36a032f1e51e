import { releaseFactsOf } from '#analysis/registry/release-facts.ts';
import type { ReleaseFacts } from '#analysis/rule.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { storedJson } from '#language/readers/json.ts';
import type { RegistrySummary } from '#model/registry-summary.ts';

/** What the registry of a package says of its versions; null for each while it was not asked. The package is looked at once, when the first one is asked for. */
export function releasesOf(estate: Estate, packageSlot: number): (version: string) => ReleaseFacts | null {
  const row = estate.packages[packageSlot];
  const text = row === undefined ? undefined : estate.registry.get(packageSlotKey(row.ecosystem, row.name_key));
  if (row === undefined || text === undefined) return () => null;
  let facts: ((version: string) => ReleaseFacts) | null = null;
  return (version) => (facts ??= releaseFactsOf(row.ecosystem, storedJson(text) as RegistrySummary))(version);
}
