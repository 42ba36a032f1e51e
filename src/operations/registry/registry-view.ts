import { behindOf } from '#analysis/registry/libyears.ts';
import { withheldSentences, type Withheld } from '#analysis/registry/may-ask.ts';
import { releaseFactsOf } from '#analysis/registry/release-facts.ts';
import type { DeclaredLicence, RegistryRecord, VersionWarning } from '#model/registry.ts';
import { summaryOf } from '#model/registry-summary.ts';
import { isoOf } from '../finding-view.ts';

/** One version of a package as its registry has it. Times are ISO 8601. */
export type ReleasedVersionView = {
  readonly version: string;
  readonly released: string | null;
  /** Null: not asked. */
  readonly licences: readonly DeclaredLicence[] | null;
  readonly warning: VersionWarning | null;
  readonly inUse: boolean;
  readonly libyears: number | null;
};

const shownVersions = 200;

/** Versions of a package, newest first: the last two hundred, and all in use. */
export function releasedVersions(record: RegistryRecord, used: ReadonlySet<string>): readonly ReleasedVersionView[] {
  const facts = releaseFactsOf(record.ecosystem, summaryOf(record, false));
  const newest = record.versions.toReversed();
  const isShown = new Set(newest.slice(0, shownVersions).map(([version]) => version));
  return newest
    .filter(([version]) => isShown.has(version) || used.has(version))
    .map(([version, released, licences, warning]) => ({
      version,
      released: isoOf(released),
      licences: licences === null ? null : (record.licences[licences] ?? []),
      warning: warning === null ? null : (record.warnings[warning] ?? null),
      inUse: used.has(version),
      libyears: behindOf(version, facts(version))?.libyears ?? null,
    }));
}

/** How many packages are not asked about, by why: sentences with their numbers. */
export function withheldCounts(withheld: Readonly<Partial<Record<Withheld, number>>>): readonly string[] {
  return Object.entries(withheld).map(([why, count]) => `${String(count)} not asked about. ${withheldSentences[why as Withheld]}`);
}
