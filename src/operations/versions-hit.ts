import type { Estate } from '#estate/estate.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import type { Store } from '#store/store.ts';
import { occurrencesIn } from './explain-facts.ts';
import type { FindingStretch } from './finding-view.ts';

/** The versions that a finding which is over was about, in text order. */
export async function versionsHit(store: Pick<Store, 'snapshot'>, estate: Estate, stretch: FindingStretch): Promise<readonly string[]> {
  const component = estate.components[stretch.component];
  if (component === undefined) return [];
  return store.snapshot(async (reads) => {
    const versionIds = versionsOf(estate, stretch.package).flatMap((slot) => estate.versions[slot]?.id ?? []);
    const hit = new Set<number>();
    for await (const page of reads.loadMatches({ packageVersionIds: versionIds })) {
      for (const row of page) {
        const key = estate.slots.advisory.get(row.advisory_id)?.groupKey;
        if (row.kind === 'affected' && key !== undefined && estate.groupByKey.get(key) === stretch.group) hit.add(row.package_version_id);
      }
    }
    const versions = new Set<string>();
    for (const evidence of await reads.evidenceOf(component.id)) {
      for (const { id } of occurrencesIn(evidence, stretch))
        if (hit.has(id)) versions.add(estate.versions[estate.slots.version[id] ?? -1]?.version ?? '');
    }
    return [...versions].filter((text) => text !== '').sort();
  });
}
