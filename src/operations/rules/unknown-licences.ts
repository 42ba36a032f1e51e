import type { ComponentFacts } from '#analysis/rule.ts';
import type { Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { openColumnsFor, unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import type { LicenceJudge } from '../licences/licence-judge.ts';

const named = 5;
const scratch = openColumnsFor(65_536);

/** Package versions of a component whose licence is unknown, or not named by the policy, each counted once. */
export function unknownLicencesOf(estate: Estate, component: number, licences: LicenceJudge): ComponentFacts['unknownLicences'] {
  const [unknown, all] = [new Set<number>(), new Set<number>()];
  for (const slot of evidencesOf(estate, component)) {
    const evidence = estate.evidence[slot];
    if (evidence == null || evidence.ended === 1) continue;
    const { ids, count } = unpackOpenColumns(evidence.open, scratch);
    for (let at = 0; at < count; at += 1) {
      const version = estate.slots.version[ids[at] ?? 0] ?? -1;
      if (version === -1) continue;
      all.add(version);
      const licence = licences.licenceOf(version);
      if (licences.categoryOf(licence) === null) unknown.add(version);
    }
  }
  const names = [...unknown].slice(0, named).map((version) => nameOf(estate, version));
  return { count: unknown.size, some: names, total: all.size };
}

function nameOf(estate: Estate, version: number): string {
  return [estate.packages[estate.packageOf[version] ?? 0]?.name ?? '', estate.versions[version]?.version ?? ''].join(' ').trim();
}
