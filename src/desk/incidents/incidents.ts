import { packageOfPurl } from '#language/purl.ts';

/** Something that hurts before anybody has published it: an advisory of the office's own, and who has answered. Times are Unix milliseconds. */
export type Incident = {
  readonly id: string;
  /** Id of the advisory record that the office publishes to itself, `OWN-2026-ABCDEF`. */
  readonly record: string;
  readonly openedAt: number;
  readonly by: string;
  /** Null for an incident that is about a file by its hash. */
  affected: Affected | null;
  /** Hashes of the file that it is about, `sha256:` and hex; empty where it names a package. */
  readonly hashes: readonly string[];
  /** What files in use say that file is, in the order in which it was found. */
  found: readonly FoundArtifact[];
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  /** Null once erased. */
  readonly words: { readonly title: string; readonly details: string } | null;
  /** Ids that others gave it since, in the order in which they came. */
  aliases: readonly string[];
  /** The latest answer for each component, by its first ref. */
  readonly answers: Map<string, Answer>;
  /** When it was last changed in what its advisory says. */
  changedAt: number;
  closed: { readonly at: number; readonly by: string; readonly as: 'over' | 'false-alarm' } | null;
};

/** Which versions of which package; `fixed` null: none is known. Listed versions are affected whatever the range says. */
export type Affected = {
  /** Purl without version. */
  readonly package: string;
  /** First affected version; null means from the first one on. */
  readonly introduced: string | null;
  readonly fixed: string | null;
  readonly versions: readonly string[];
};

/** A package version that bears a hash, as some file in use says; `package` is a purl without version. */
export type FoundArtifact = { readonly hash: string; readonly package: string; readonly version: string };

/** What an owner says of a component. That it is fixed is said by its inventory, not by people. */
export type Answer = { readonly says: 'acknowledged' | 'in-work' | 'not-affected'; readonly by: string; readonly at: number };

/** All incidents, by id. */
export type Incidents = Map<string, Incident>;

const shownOfId = 6;

/** The id of the advisory record of an incident. */
export function ownRecordId(incidentId: string, openedAt: number): string {
  return `OWN-${String(new Date(openedAt).getUTCFullYear())}-${incidentId.slice(0, shownOfId).toUpperCase()}`;
}

/** Whether this was found before. */
export function isFound({ found }: Incident, wanted: FoundArtifact): boolean {
  return found.some((each) => each.hash === wanted.hash && each.package === wanted.package && each.version === wanted.version);
}

/**
 * The record that an incident publishes, in OSV's shape (https://ossf.github.io/osv-schema/). Null while the file it is about was not found, and once its
 * words were erased: what was published then stays.
 */
export function ownRecord(incident: Incident): object | null {
  const { record, words, openedAt, changedAt, aliases, severity, closed, hashes } = incident;
  const affected = affectedPackages(incident);
  if (words === null || affected.length === 0) return null;
  return {
    id: record,
    published: new Date(openedAt).toISOString(),
    modified: new Date(changedAt).toISOString(),
    ...(closed?.as === 'false-alarm' ? { withdrawn: new Date(closed.at).toISOString() } : {}),
    aliases: [...aliases],
    summary: words.title,
    details: words.details,
    affected,
    database_specific: { severity: severity.toUpperCase(), ...(hashes.length === 0 ? {} : { hashes: [...hashes] }) },
  };
}

/** Purls without version of the packages that an incident is about, as far as known. */
export function packagesOf({ affected, found }: Incident): readonly string[] {
  return affected === null ? [...new Set(found.map((each) => each.package))] : [affected.package];
}

function affectedPackages(incident: Incident): readonly object[] {
  const { affected, found } = incident;
  return packagesOf(incident).flatMap((purl) => {
    const named = packageOfPurl(purl);
    if (named === null || named.ecosystem === null) return [];
    const package_ = { ecosystem: named.ecosystem, name: named.name };
    if (affected === null)
      return [{ package: package_, versions: [...new Set(found.filter((each) => each.package === purl).map((each) => each.version))] }];
    const events = [{ introduced: affected.introduced ?? '0' }, ...(affected.fixed === null ? [] : [{ fixed: affected.fixed }])];
    const hasRange = affected.versions.length === 0 || affected.introduced !== null || affected.fixed !== null;
    return [{ package: package_, versions: [...affected.versions], ...(hasRange ? { ranges: [{ type: 'ECOSYSTEM', events }] } : {}) }];
  });
}
