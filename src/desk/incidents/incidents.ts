/** Something that hurts before anybody has published it: an advisory of the office's own, and who has answered. Times are Unix milliseconds. */
export type Incident = {
  readonly id: string;
  /** Id of the advisory record that the office publishes to itself, `OWN-2026-ABCDEF`. */
  readonly record: string;
  readonly openedAt: number;
  readonly by: string;
  affected: Affected;
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

/** What an owner says of a component. That it is fixed is said by its inventory, not by people. */
export type Answer = { readonly says: 'acknowledged' | 'in-work' | 'not-affected'; readonly by: string; readonly at: number };

/** All incidents, by id. */
export type Incidents = Map<string, Incident>;

const shownOfId = 6;

/** The id of the advisory record of an incident. */
export function ownRecordId(incidentId: string, openedAt: number): string {
  return `OWN-${String(new Date(openedAt).getUTCFullYear())}-${incidentId.slice(0, shownOfId).toUpperCase()}`;
}

/** The record that an incident publishes, in OSV's shape (https://ossf.github.io/osv-schema/); null once its words were erased: what was published then stays. */
export function ownRecord(incident: Incident, package_: { readonly ecosystem: string; readonly name: string }): object | null {
  const { record, words, openedAt, changedAt, affected, aliases, severity, closed } = incident;
  if (words === null) return null;
  const events = [{ introduced: affected.introduced ?? '0' }, ...(affected.fixed === null ? [] : [{ fixed: affected.fixed }])];
  const hasRange = affected.versions.length === 0 || affected.introduced !== null || affected.fixed !== null;
  return {
    id: record,
    published: new Date(openedAt).toISOString(),
    modified: new Date(changedAt).toISOString(),
    ...(closed?.as === 'false-alarm' ? { withdrawn: new Date(closed.at).toISOString() } : {}),
    aliases: [...aliases],
    summary: words.title,
    details: words.details,
    affected: [{ package: package_, versions: [...affected.versions], ...(hasRange ? { ranges: [{ type: 'ECOSYSTEM', events }] } : {}) }],
    database_specific: { severity: severity.toUpperCase() },
  };
}
