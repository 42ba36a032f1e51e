import type { Verdict } from '#desk/decisions/verdict.ts';
import type { Desk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';
import { isOfAdvisories } from '#estate/groups.ts';
import { findingAt } from '#estate/questions/findings.ts';
import { parsePurl, purlOf } from '#language/purl.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import { purlOfPackage } from '#operations/ask-estate.ts';
import { appliedTo } from '#operations/decisions-on.ts';
import { projectUuid } from './projects.ts';
import { uuidFor } from './uuids.ts';

/** A finding as a client of Dependency-Track sees it: one for each version of a package that is hit. */
export type TrackFinding = {
  readonly component: {
    readonly uuid: string;
    readonly name: string;
    readonly group?: string;
    readonly version: string | null;
    readonly purl: string;
    readonly project: string;
  };
  readonly vulnerability: {
    readonly uuid: string;
    readonly source: string;
    readonly vulnId: string;
    readonly title: string;
    readonly recommendation?: string;
    readonly severity: string;
    readonly severityRank: number;
    readonly cvssV3BaseScore?: number;
    readonly epssScore?: number;
    readonly epssPercentile?: number;
    readonly cwes: readonly object[];
    readonly aliases: readonly object[];
  };
  readonly analysis: { readonly state?: string; readonly isSuppressed: boolean };
  readonly attribution: { readonly analyzerIdentity: string; readonly attributedOn: number };
  readonly matrix: string;
};

const severities: Readonly<Record<SeverityLevel, readonly [word: string, rank: number]>> = {
  critical: ['CRITICAL', 0],
  high: ['HIGH', 1],
  medium: ['MEDIUM', 2],
  low: ['LOW', 3],
  unknown: ['UNASSIGNED', 5],
};
const states: Readonly<Record<Verdict, string>> = {
  'in-triage': 'IN_TRIAGE',
  exploitable: 'EXPLOITABLE',
  accepted: 'EXPLOITABLE',
  workaround: 'EXPLOITABLE',
  'not-affected': 'NOT_AFFECTED',
  'false-positive': 'FALSE_POSITIVE',
};
/** What needs nobody any more; Dependency-Track hides it. */
const suppressing: ReadonlySet<Verdict> = new Set<Verdict>(['accepted', 'not-affected', 'false-positive']);

/** The word of Dependency-Track for a verdict, and whether it hides what is decided so. */
export function trackState(verdict: Verdict | null): { readonly state?: string; readonly isSuppressed: boolean } {
  return { ...(verdict === null ? {} : { state: states[verdict] }), isSuppressed: verdict !== null && suppressing.has(verdict) };
}

/** The open findings of one component about advisories, with what was decided about them. */
export function trackFindings(estate: Estate, desk: Desk, slot: number, now: number): readonly TrackFinding[] {
  return trackRows(estate, desk, slot, now).map(({ finding }) => finding);
}

/** One of them, with its row among the component's findings. */
export type TrackRow = { readonly row: number; readonly finding: TrackFinding };

/** The same with their rows. */
export function trackRows(estate: Estate, desk: Desk, slot: number, now: number): readonly TrackRow[] {
  const rows = estate.findings[slot]?.group.length ?? 0;
  const findings: TrackRow[] = [];
  for (let row = 0; row < rows; row += 1) {
    const finding = findingAt(estate, { component: slot, row });
    if (finding === null || !isOfAdvisories(finding.group)) continue;
    const verdict = appliedTo(estate, desk, { component: slot, row }, now).decision?.verdict ?? null;
    const { group, package: used, component, openedAt } = finding;
    const [project, vulnerability] = [projectUuid(component.ref), uuidFor('vulnerability', group.key)];
    const versions = finding.hits.map((hit) => estate.versions[hit.version]?.version ?? '');
    for (const version of versions.length === 0 ? [''] : versions) {
      const purl = (version === '' ? null : purlOf(used.ecosystem, used.name, version)) ?? purlOfPackage(used.ecosystem, used.name);
      const parts = parsePurl(purl);
      const uuid = uuidFor('component', component.ref, purl);
      const seen: TrackFinding = {
        component: {
          uuid,
          name: parts?.name ?? used.name,
          ...(parts?.namespace == null ? {} : { group: parts.namespace }),
          version: version === '' ? null : version,
          purl,
          project,
        },
        vulnerability: { uuid: vulnerability, ...vulnerabilityOf(group), ...fixOf(finding.hits.map(({ match }) => match.fixed_in)) },
        analysis: trackState(verdict),
        attribution: { analyzerIdentity: 'OSV_ANALYZER', attributedOn: openedAt },
        matrix: `${project}:${uuid}:${vulnerability}`,
      };
      findings.push({ row, finding: seen });
    }
  }
  return findings;
}

type Known = NonNullable<ReturnType<typeof findingAt>>['group'];

function vulnerabilityOf(group: Known): Omit<TrackFinding['vulnerability'], 'uuid'> {
  const [vulnId = group.key, ...others] = group.ids;
  const [severity, severityRank] = severities[group.severity.level];
  const { score, version } = group.severity;
  return {
    source: sourceOf(vulnId),
    vulnId,
    title: group.title,
    severity,
    severityRank,
    ...(score === null || version === null || !version.startsWith('3') ? {} : { cvssV3BaseScore: score }),
    ...(group.epss === null ? {} : { epssScore: group.epss.score }),
    ...(group.epss?.percentile == null ? {} : { epssPercentile: group.epss.percentile }),
    cwes: [],
    aliases: others.map((id) => ({ [aliasKey(vulnId)]: vulnId, [aliasKey(id)]: id })),
  };
}

function fixOf(fixes: readonly (string | null)[]): { readonly recommendation?: string } {
  const fix = fixes.find((each) => each !== null);
  return fix === undefined ? {} : { recommendation: `Raise it to ${fix} or later.` };
}

function sourceOf(id: string): string {
  if (id.startsWith('CVE-')) return 'NVD';
  return id.startsWith('GHSA-') ? 'GITHUB' : 'OSV';
}

function aliasKey(id: string): string {
  if (id.startsWith('CVE-')) return 'cveId';
  return id.startsWith('GHSA-') ? 'ghsaId' : 'osvId';
}
