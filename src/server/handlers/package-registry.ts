import { packagesInUse, unusedPackage } from '#estate/questions/packages.ts';
import { versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import { isoOf } from '#operations/finding-view.ts';
import { registryFacts } from '#operations/registry/registry-facts.ts';
import { releasedVersions } from '#operations/registry/registry-view.ts';
import type { Handler } from '../asked.ts';
import { wantedPackage } from '../filters.ts';
import { Refusal } from '../refusal.ts';

/** What its registry says of a package. One that nobody who may be seen uses does not exist. */
export const packageRegistry: Handler<'packageRegistry'> = async ({ estate, visibility, params, office }) => {
  const { slot } = wantedPackage(estate, params.purl);
  const holder = slot === null ? undefined : estate.packages[slot];
  if (slot === null || holder === undefined || packagesInUse(estate, visibility)[slot] === unusedPackage)
    throw new Refusal(404, 'Nobody uses this package.');
  const key = { ecosystem: holder.ecosystem, nameKey: holder.name_key, name: holder.name };
  const { record, state, because, registry, askedAt, confirmedAt, problem } = await registryFacts(office.store, office.registries, key);
  const used = new Set(whoUses(estate, visibility, versionsOf(estate, slot)).versions.map((version) => estate.versions[version]?.version ?? ''));
  return {
    state,
    because,
    registry,
    askedAt: isoOf(askedAt),
    confirmedAt: isoOf(confirmedAt),
    problem,
    latest: record?.latest ?? null,
    warning: record?.warning ?? null,
    repository: httpsOnly(record?.repository ?? null),
    versions:
      record === null
        ? []
        : releasedVersions(record, used).map((each) => ({ ...each, licences: each.licences === null ? null : [...each.licences] })),
    total: record?.versions.length ?? 0,
  };
};

/** Checked when it was read, and once more before anybody is sent there. */
function httpsOnly(url: string | null): string | null {
  return url !== null && URL.parse(url)?.protocol === 'https:' ? url : null;
}
