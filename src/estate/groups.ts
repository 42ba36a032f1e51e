import type { SeverityLevel } from '#model/advisory.ts';
import { severityLevels } from '#model/advisory.ts';
import { maliciousRule, vulnerabilityRule } from '#model/rule-id.ts';
import type { AdvisoryRow, EnrichmentRow } from './rows.ts';

/** One underlying vulnerability as shown: its records joined, with what KEV and EPSS say. */
export type Group = {
  /** Id of the member with the least (published, id). */
  readonly key: string;
  /** Every id, records of ours and aliases, CVE first, then GHSA, then the rest. */
  readonly ids: readonly string[];
  readonly title: string;
  readonly published: string | null;
  readonly severity: {
    readonly level: SeverityLevel;
    readonly score: number | null;
    readonly version: string | null;
    readonly vector: string | null;
    readonly from: string | null;
  };
  readonly malicious: boolean;
  /** Date it was added to KEV; null when it is not there. */
  readonly kev: string | null;
  readonly epss: { readonly score: number; readonly percentile: number | null; readonly date: string | null } | null;
  /** Whose findings these are: of matches with advisories, or of a rule that was observed, whose subjects stand among the groups. */
  readonly rule: string;
  /** What of it is part of a finding's id. */
  readonly subject: string;
  /** All its records are withdrawn. */
  readonly withdrawn: boolean;
};

/** Joins the records of one group. The newest CVSS version wins, then the higher score, then the record id, so that the answer does not hang on order. */
export function groupOf(key: string, records: readonly AdvisoryRow[], enrichment: (cve: string) => EnrichmentRow | undefined): Group {
  const live = records.filter((record) => !record.withdrawn);
  const shown = live.length > 0 ? live : records;
  const ids = [...new Set(records.flatMap((record) => [record.record, ...record.aliases]))].sort(byFame);
  const best = [...shown].sort(bySeverityVersion)[0];
  const extra = ids.flatMap((id) => enrichment(id) ?? []);
  const epss = extra.filter((each) => each.epss !== null).sort((a, b) => (b.epss ?? 0) - (a.epss ?? 0))[0];
  const malicious = shown.some((record) => record.malicious);
  return {
    key,
    rule: malicious ? maliciousRule : vulnerabilityRule,
    subject: key,
    ids,
    title: shown.map((record) => record.summary).find((summary) => summary !== '') ?? key,
    published:
      shown
        .map((record) => record.published ?? '9')
        .sort()[0]
        ?.replace(/^9$/, '') || null,
    severity:
      best === undefined ? { level: 'unknown', score: null, version: null, vector: null, from: null } : { ...best.severity, from: best.record },
    malicious,
    kev: extra.map((each) => each.kev_added).find((added) => added !== null) ?? null,
    epss: epss === undefined || epss.epss === null ? null : { score: epss.epss, percentile: epss.epss_percentile, date: epss.epss_date },
    withdrawn: live.length === 0,
  };
}

function byFame(a: string, b: string): number {
  return fame(a) - fame(b) || (a < b ? -1 : 1);
}

function fame(id: string): number {
  return id.startsWith('CVE-') ? 0 : id.startsWith('GHSA-') ? 1 : 2;
}

function bySeverityVersion(a: AdvisoryRow, b: AdvisoryRow): number {
  const known = Number(a.severity.level === 'unknown') - Number(b.severity.level === 'unknown');
  const version = (b.severity.version ?? '').localeCompare(a.severity.version ?? '');
  const score = (b.severity.score ?? -1) - (a.severity.score ?? -1);
  const level = severityLevels.indexOf(a.severity.level) - severityLevels.indexOf(b.severity.level);
  return known || version || score || level || (a.record < b.record ? -1 : 1);
}

/** A subject of an observed rule as a group: it has no records, and nothing leads to it but its key. */
export function subjectGroup(rule: string, subject: string, title: string, level: SeverityLevel): Group {
  return {
    key: subjectKey(rule, subject),
    rule,
    subject,
    ids: [],
    title,
    published: null,
    severity: { level, score: null, version: null, vector: null, from: null },
    malicious: false,
    kev: null,
    epss: null,
    withdrawn: false,
  };
}

/** Key of the group of a rule's subject. */
export function subjectKey(rule: string, subject: string): string {
  return `${rule} ${subject}`;
}

/** Whether a group is of advisory records. */
export function isOfAdvisories({ rule }: Pick<Group, 'rule'>): boolean {
  return rule === vulnerabilityRule || rule === maliciousRule;
}
