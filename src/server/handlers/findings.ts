import type { Estate } from '#estate/estate.ts';
import { findingColumns, hitsOf, type FindingPlace } from '#estate/questions/findings.ts';
import type { TriageColumns } from '#estate/triage-columns.ts';
import { severityLevels } from '#model/advisory.ts';
import { vulnerabilityRule } from '#operations/ask-estate.ts';
import { closedFindings, stretchAt } from '#operations/find-finding.ts';
import { findingView, type FindingStretch } from '#operations/finding-view.ts';
import type { Triage } from '#operations/triage/live-triage.ts';
import { versionsHit } from '#operations/versions-hit.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { afterAll, teamFilter, wantedPackage, wordsFilter, yesNo } from '../filters.ts';
import { deskFilter } from '../desk-filter.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { findingWithDesk } from '../views/finding-with-desk.ts';

/** A finding as a row: the place of an open one as one number, since a large estate has a million of them, or a stretch that is over. */
type Row = number | FindingStretch;

const rowsPerComponent = 2 ** 20;

/** Findings: open ones unless `state` says otherwise; of a past day, those that stood then. */
export const findings: Handler<'findings'> = async (asked) => {
  const { estate, visibility, query, office } = asked;
  const triage = office.estate.triage(estate);
  const rows: Row[] = query.state === 'closed' ? [] : openRows(asked, triage);
  // What is over does not stand on the desk.
  if (query.state !== 'open' && query.asOf === undefined && deskFilter(triage, query) === null) {
    const isWanted = filterOf(asked);
    for (const each of await closedFindings(office.store, estate, visibility))
      if (isWanted(each.component, each.package, each.group)) rows.push(each);
  }
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    rankOf: (row: Row) => rankOf(triage, row, sort),
    keyOf: (row) => [rankOf(triage, row, sort), ...namesOf(estate, stretchOfRow(estate, row))],
    view: async (row) => {
      const stretch = stretchOfRow(estate, row);
      const view = findingView(estate, stretch, stretch.closedBecause === null ? undefined : await versionsHit(office.store, estate, stretch));
      return view === null ? null : findingWithDesk(triage, view, typeof row === 'number' ? placeOf(row) : null);
    },
    columns,
  });
};

function openRows(asked: Asked<'findings'>, triage: Triage): number[] {
  const isWanted = filterOf(asked);
  const isOnDesk = deskFilter(triage, asked.query);
  const rows: number[] = [];
  for (const { component, columns } of findingColumns(asked.estate, asked.visibility)) {
    for (let row = 0; row < columns.group.length; row += 1) {
      if (isOnDesk !== null && !isOnDesk(component, row)) continue;
      if (isWanted(component, columns.package[row] ?? 0, columns.group[row] ?? 0)) rows.push(component * rowsPerComponent + row);
    }
  }
  return rows;
}

function stretchOfRow(estate: Estate, row: Row): FindingStretch {
  if (typeof row !== 'number') return row;
  const stretch = stretchAt(estate, placeOf(row));
  if (stretch === null) throw new Error('A finding is gone since it was listed: ask again, the estate has changed.');
  return stretch;
}

function placeOf(row: number): FindingPlace {
  return { component: Math.floor(row / rowsPerComponent), row: row % rowsPerComponent };
}

/** Whether a finding, by its slots, passes the filters; what costs little is asked first. */
function filterOf({ estate, query }: Asked<'findings'>): (component: number, packageSlot: number, group: number) => boolean {
  const levels =
    query.severity === undefined ? null : new Set(query.severity.split(',').map((level) => severityLevels.findIndex((each) => each === level)));
  const component = query.component === undefined ? null : (estate.componentByRef.get(query.component) ?? -1);
  const wanted = query.package === undefined ? null : wantedPackage(estate, query.package);
  const wantedGroup = query.advisory === undefined ? null : (estate.groupByAnyId.get(query.advisory) ?? -1);
  const hasTeam = teamFilter(query);
  const hasWords = wordsFilter(query.q);
  const hasRule = query.rule === undefined || query.rule === vulnerabilityRule;
  return (of, packageSlot, group) => {
    if (!hasRule || (levels !== null && !levels.has(estate.groupLevel[group] ?? -1))) return false;
    if ((component !== null && of !== component) || (wantedGroup !== null && group !== wantedGroup)) return false;
    if (wanted !== null && packageSlot !== wanted.slot) return false;
    const holder = estate.components[of];
    if (holder === undefined || !hasTeam(holder.team) || !yesNo(query.stale, holder.stale_since !== null)) return false;
    if (query.kev !== undefined && !yesNo(query.kev, (estate.groups[group]?.kev ?? null) !== null)) return false;
    if (query.q !== undefined && !hasWords(textOf(estate, of, packageSlot, group))) return false;
    return hitsPass(estate, { component: of, packageSlot, group }, query.fixable, wanted?.version ?? null);
  };
}

type Subject = { readonly component: number; readonly packageSlot: number; readonly group: number };

function hitsPass(
  estate: Estate,
  { component, packageSlot, group }: Subject,
  fixable: 'true' | 'false' | undefined,
  version: string | null,
): boolean {
  if (fixable === undefined && version === null) return true;
  const hits = hitsOf(estate, component, packageSlot, group);
  if (version !== null && !hits.some((hit) => estate.versions[hit.version]?.version === version)) return false;
  return yesNo(
    fixable,
    hits.some((hit) => hit.match.fixed_in !== null),
  );
}

function textOf(estate: Estate, component: number, packageSlot: number, groupSlot: number): string {
  const group = estate.groups[groupSlot];
  return [estate.packages[packageSlot]?.name, estate.components[component]?.ref, group?.title, ...(group?.ids ?? [])].join(' ');
}

// Later than any time in milliseconds, so that severity and time make one number.
const pastAllTimes = 1e14;

/** The value sorted by. Severity is one number with the time it was opened: the oldest of the most severe first. */
function rankOf(triage: Triage, row: Row, sort: string): string | number {
  const { estate } = triage.judging;
  const component = typeof row === 'number' ? Math.floor(row / rowsPerComponent) : row.component;
  const columns = estate.findings[component];
  const at = typeof row === 'number' ? row % rowsPerComponent : -1;
  const openedAt = typeof row === 'number' ? (columns?.openedAt[at] ?? 0) : row.openedAt;
  const group = typeof row === 'number' ? (columns?.group[at] ?? 0) : row.group;
  if (sort === 'risk' || sort === 'due') return at === -1 ? pastAllTimes * 10 : deskRank(triage.columnsOf(component), at, sort);
  if (sort === 'opened') return openedAt;
  if (sort === 'component') return estate.components[component]?.name ?? '';
  if (sort === 'package') return estate.packages[typeof row === 'number' ? (columns?.package[at] ?? 0) : row.package]?.name ?? '';
  if (sort === 'team') return estate.components[component]?.team ?? afterAll;
  if (sort === 'epss') return estate.groups[group]?.epss?.score ?? -1;
  if (sort === 'cvss') return estate.groups[group]?.severity.score ?? -1;
  return (estate.groupLevel[group] ?? 0) * pastAllTimes + openedAt;
}

/** Due, or action, due and risk as one number, least first; what is not due comes last. */
function deskRank(columns: TriageColumns, row: number, sort: 'risk' | 'due'): number {
  const due = columns.due[row] ?? 0;
  const dueRank = due === 0 ? 2 ** 32 : due;
  return sort === 'due' ? dueRank : ((columns.action[row] ?? 0) * 2 ** 33 + dueRank) * 1024 + (1000 - (columns.risk[row] ?? 0));
}

/** What tells findings of equal rank apart: most severe and oldest first, then by names. */
function namesOf(estate: Estate, row: FindingStretch): readonly (string | number)[] {
  const [holder, used, group] = [estate.components[row.component], estate.packages[row.package], estate.groups[row.group]];
  const level = estate.groupLevel[row.group] ?? 0;
  return [level, row.openedAt, holder?.ref ?? '', used?.name ?? '', used?.ecosystem ?? '', group?.key ?? '', row.episode];
}

const columns: readonly CsvColumn<ItemOf<'findings'>>[] = [
  ['id', (each) => each.id],
  ['episode', (each) => each.episode],
  ['rule', (each) => each.rule],
  ['severity', (each) => each.severity],
  ['subject', (each) => each.subject],
  ['versions', (each) => each.versions.join(' ')],
  ['component', (each) => each.component.ref],
  ['team', (each) => each.team],
  ['advisory', (each) => each.advisory?.key ?? null],
  ['ids', (each) => each.advisory?.ids.join(' ') ?? null],
  ['title', (each) => each.title],
  ['cvss', (each) => each.cvss?.score ?? null],
  ['epss', (each) => each.epss?.score ?? null],
  ['known exploited since', (each) => each.kev?.added ?? null],
  ['opened', (each) => each.opened],
  ['exposed from', (each) => each.exposure.from],
  ['exposed until', (each) => each.exposure.until],
  ['state', (each) => each.state],
  ['reason', (each) => each.reason],
  ['fix', (each) => each.fix],
  ['stale since', (each) => each.staleSince],
  ['triage', (each) => each.triage],
  ['action', (each) => each.action],
  ['risk', (each) => each.risk],
  ['due', (each) => each.due],
  ['clock', (each) => each.clock],
  ['assignee', (each) => each.assignee],
  ['owner certainty', (each) => each.ownerCertainty],
];
