import { namesPackage, recordVersions } from '#analysis/advisories/record-versions.ts';
import type { AffectedPackage } from '#model/advisory.ts';

/** A standing advisory record as far as upgrading needs it. */
export type UpgradeRecord = { readonly id: string; readonly affected: readonly AffectedPackage[] };

/** What all standing records say of one package. */
export type AdvisedPackage = {
  readonly ecosystem: string;
  /** Versions that some record calls fixed, as written, each once. */
  readonly fixes: readonly string[];
  /** Ids of the records that affect a version, or of which that cannot be told, in their order. */
  readonly against: (version: string) => readonly string[];
};

/** Makes ready what records say of a package; those that do not name it are passed over. */
export function advisedPackage(ecosystem: string, nameKey: string, records: readonly UpgradeRecord[]): AdvisedPackage {
  const judges = records.flatMap(({ id, affected }) =>
    recordVersions([{ at: 0, withdrawn: false, affected }], ecosystem, nameKey).map(({ judge }) => ({ id, judge })),
  );
  const fixes = new Set<string>();
  for (const { affected } of records) {
    for (const each of affected) {
      if (!namesPackage(each, ecosystem, nameKey)) continue;
      for (const { type, events } of each.ranges) if (type !== 'GIT') for (const event of events) if ('fixed' in event) fixes.add(event.fixed);
    }
  }
  return { ecosystem, fixes: [...fixes], against: (version) => judges.flatMap(({ id, judge }) => (judge(version) === null ? [] : [id])) };
}
