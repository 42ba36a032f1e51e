import { findingId } from '#analysis/findings/finding-id.ts';
import type { Estate } from '#estate/estate.ts';
import { isOfAdvisories } from '#estate/groups.ts';
import { findingAt, openFindings, type FindingPlace, type OpenFinding } from '#estate/questions/findings.ts';
import { actions } from '#model/action.ts';
import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import { dayText, purlOfPackage } from './ask-estate.ts';
import { stretchAt } from './find-finding.ts';
import { findingView } from './finding-view.ts';
import { deskFields, type DeskFields } from './triage/desk-fields.ts';
import type { Triage } from './triage/live-triage.ts';

/** One open finding, as `findings` prints it. */
export type FindingRow = {
  readonly id: string;
  readonly episode: number;
  readonly rule: string;
  readonly subject: string;
  readonly component: string;
  readonly team: string | null;
  /** Null for findings of another kind. */
  readonly advisory: { readonly key: string; readonly ids: readonly string[] } | null;
  readonly title: string;
  readonly severity: string;
  readonly versions: readonly string[];
  readonly opened: string;
  readonly exposure: { readonly from: string; readonly until: string | null };
  readonly state: 'open';
  readonly reason: string;
  readonly fix: string | null;
  readonly kev: string | null;
  readonly epss: number | null;
  readonly staleSince: string | null;
} & DeskFields;

export type FindingSort = 'severity' | 'risk' | 'due' | 'opened' | 'component' | 'package' | 'epss';

/** Open findings that may be seen, sorted: most severe first, then oldest, then by component and package. */
export function findingRows(
  triage: Triage,
  visibility: Visibility,
  filter: { readonly rule?: string; readonly team?: string },
  sort: FindingSort,
): readonly FindingRow[] {
  const { estate } = triage.judging;
  const rows: FindingRow[] = [];
  for (const place of openFindings(estate, visibility)) {
    if (filter.team !== undefined && estate.components[place.component]?.team !== filter.team) continue;
    const rule = estate.groups[estate.findings[place.component]?.group[place.row] ?? -1]?.rule;
    if (filter.rule !== undefined && filter.rule !== rule) continue;
    const row = rowAt(estate, place);
    if (row !== null) rows.push({ ...row, ...deskFields(triage, place) });
  }
  return rows.sort(
    (a, b) =>
      orderBy(sort, a, b) ||
      bySeverity(a, b) ||
      compare(a.opened, b.opened) ||
      compare(a.component, b.component) ||
      compare(a.subject, b.subject) ||
      compare(a.id, b.id),
  );
}

function rowAt(estate: Estate, place: FindingPlace): Omit<FindingRow, keyof DeskFields> | null {
  const finding = findingAt(estate, place);
  if (finding !== null && isOfAdvisories(finding.group)) return findingRow(estate, finding);
  const stretch = stretchAt(estate, place);
  const view = stretch === null ? null : findingView(estate, stretch);
  if (view === null) return null;
  const { package: _, cvss: __, ...rest } = view;
  return { ...rest, component: view.component.ref, state: 'open', kev: null, epss: null };
}

/** One finding as a row. */
function findingRow(estate: Estate, finding: OpenFinding): Omit<FindingRow, keyof DeskFields> {
  const subject = purlOfPackage(finding.package.ecosystem, finding.package.name);
  const versions = finding.hits.map(({ version }) => estate.versions[version]?.version ?? '').sort(compare);
  const [first] = finding.hits;
  const reason =
    first === undefined
      ? 'The match is being judged anew.'
      : `${finding.package.name} ${versions.join(', ')} is ${first.match.by === 'versions' ? 'listed' : `in ${first.match.range}`} of ${first.match.record}.`;
  return {
    id: findingId(finding.group.rule, finding.component.ref, subject, finding.group.key),
    episode: finding.episode,
    rule: finding.group.rule,
    subject,
    component: finding.component.ref,
    team: finding.component.team,
    advisory: { key: finding.group.key, ids: finding.group.ids },
    title: finding.group.title,
    severity: finding.group.severity.level,
    versions,
    opened: new Date(finding.openedAt).toISOString(),
    exposure: { from: dayText(finding.exposedFrom), until: null },
    state: 'open',
    reason,
    fix: finding.hits.map(({ match }) => match.fixed_in).find((fix) => fix !== null) ?? null,
    kev: finding.group.kev,
    epss: finding.group.epss?.score ?? null,
    staleSince: finding.component.stale_since === null ? null : new Date(finding.component.stale_since).toISOString(),
  };
}

function orderBy(sort: FindingSort, a: FindingRow, b: FindingRow): number {
  if (sort === 'risk')
    return actions.indexOf(a.action ?? 'track') - actions.indexOf(b.action ?? 'track') || byDue(a, b) || (b.risk ?? 0) - (a.risk ?? 0);
  if (sort === 'due') return byDue(a, b);
  if (sort === 'opened') return compare(a.opened, b.opened);
  if (sort === 'component') return compare(a.component, b.component);
  if (sort === 'package') return compare(a.subject, b.subject);
  if (sort === 'epss') return (b.epss ?? -1) - (a.epss ?? -1);
  return 0;
}

function bySeverity(a: FindingRow, b: FindingRow): number {
  const levels: readonly string[] = severityLevels;
  return levels.indexOf(a.severity) - levels.indexOf(b.severity);
}

/** What is due first; what is not due last. */
function byDue(a: FindingRow, b: FindingRow): number {
  return compare(a.due ?? '~', b.due ?? '~');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
