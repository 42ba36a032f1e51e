import type { Estate } from '#estate/estate.ts';
import { hitsOf, type FindingPlace } from '#estate/questions/findings.ts';
import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import { closedFindings, stretchAt } from '#operations/find-finding.ts';
import { findingView, type FindingStretch } from '#operations/finding-view.ts';
import { nameOfNone } from '#operations/triage/finding-order.ts';
import { countFindings, findingKeyIn, findingsInOrder, findingsWanted, type FindingFilter } from '#operations/triage/findings-in-order.ts';
import type { Triage } from '#operations/triage/live-triage.ts';
import { versionsHit } from '#operations/versions-hit.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { asksTheDesk, deskFilter, type Asker } from '../desk-filter.ts';
import { teamFilter, wantedPackage, wordsFilter, yesNo } from '../filters.ts';
import { listing, type AnyListing, type CsvColumn } from '../listing.ts';
import type { FindingQuery } from '../schemas/finding.ts';
import { findingWithDesk } from '../views/finding-with-desk.ts';

/** A finding as a row: the place of an open one as one number, since a large estate has a million of them, or a stretch that is over. */
type Row = number | FindingStretch;

const rowsPerComponent = 2 ** 20;

/** Findings: open ones unless `state` says otherwise; of a past day, those that stood then. */
export const findings: Handler<'findings'> = async (asked) => {
  const { estate, visibility, query, office } = asked;
  const triage = await office.estate.triage(estate);
  const filter = openFilter(triage, query, askerOf(asked));
  // Downloads and closed ones are put in order whole; a page of open ones is found among millions.
  if (query.state === 'open' && query.format === 'json') return openPage(asked, triage, filter);
  const rows: Row[] = query.state === 'closed' ? [] : openRows(triage, visibility, filter);
  // What is over does not stand on the desk.
  if (query.state !== 'open' && query.asOf === undefined && !asksTheDesk(query)) {
    const isWanted = closedFilter(asked);
    for (const each of await closedFindings(office.store, estate, visibility)) if (isWanted(each)) rows.push(each);
  }
  return listing({
    rows,
    rankOf: (row: Row) =>
      typeof row === 'number' ? (findingKeyIn(triage, query.sort, placeOf(row))[0] ?? 0) : rankOfClosed(estate, row, query.sort),
    keyOf: (row) =>
      typeof row === 'number' ? findingKeyIn(triage, query.sort, placeOf(row)) : [rankOfClosed(estate, row, query.sort), ...namesOf(estate, row)],
    view: async (row) => {
      if (typeof row === 'number') return viewOf(triage, placeOf(row));
      const view = findingView(estate, row, await versionsHit(office.store, estate, row));
      return view === null ? null : findingWithDesk(triage, view, null);
    },
    columns,
  });
};

function openPage({ visibility, query }: Asked<'findings'>, triage: Triage, filter: FindingFilter): AnyListing {
  const { sort } = query;
  let total: number | null = null;
  return listing({
    pageAfter(after, most) {
      const page = findingsInOrder(triage, visibility, { filter, sort, after, most });
      total = page.total;
      return Promise.resolve(page.places);
    },
    total: () => Promise.resolve(total ?? countFindings(triage, visibility, filter)),
    keyOf: (place: FindingPlace) => findingKeyIn(triage, sort, place),
    view: (place) => viewOf(triage, place),
    columns,
  });
}

function viewOf(triage: Triage, place: FindingPlace): ItemOf<'findings'> | null {
  const { estate } = triage.judging;
  const stretch = stretchAt(estate, place);
  const view = stretch === null ? null : findingView(estate, stretch);
  return view === null ? null : findingWithDesk(triage, view, place);
}

function openRows(triage: Triage, visibility: Visibility, filter: FindingFilter): number[] {
  const rows: number[] = [];
  for (const { component, row } of findingsWanted(triage, visibility, filter)) rows.push(component * rowsPerComponent + row);
  return rows;
}

function placeOf(row: number): FindingPlace {
  return { component: Math.floor(row / rowsPerComponent), row: row % rowsPerComponent };
}

/** Whether a finding that is over passes the filters. */
function closedFilter({ estate, query }: Asked<'findings'>): (stretch: FindingStretch) => boolean {
  const { isComponent, groups, packageSlot } = estateFilter(estate, query);
  const hasWords = wordsFilter(query.q);
  const version = query.package === undefined ? null : wantedPackage(estate, query.package).version;
  const [openedFrom, openedUntil] = [Date.parse(query.openedFrom ?? ''), Date.parse(query.openedUntil ?? '')];
  return ({ component, package: used, group, openedAt }) => {
    if (openedAt < openedFrom || openedAt >= openedUntil) return false;
    if (isComponent !== null && !isComponent(component)) return false;
    if ((groups !== null && groups[group] !== 1) || (packageSlot !== null && used !== packageSlot)) return false;
    if (query.q !== undefined && !hasWords(textOf(estate, component, used, group))) return false;
    return hitsPass(estate, { component, packageSlot: used, group }, query.fixable, version);
  };
}

function askerOf({ principal, office }: Asked<'findings'>): Asker {
  return { id: principal.subject, teams: office.desk.desk.people.get(principal.subject)?.teams ?? [] };
}

/** Which open findings a query wants. */
function openFilter(triage: Triage, query: FindingQuery, asker: Asker): FindingFilter {
  const { estate } = triage.judging;
  const byEstate = estateFilter(estate, query);
  const byDesk = deskFilter(triage, query, asker);
  const isComponent = [byEstate.isComponent, byDesk.isComponent].filter((each) => each !== null);
  const hasWords = wordsFilter(query.q);
  const version = query.package === undefined ? null : wantedPackage(estate, query.package).version;
  const [openedFrom, openedUntil] = [Date.parse(query.openedFrom ?? ''), Date.parse(query.openedUntil ?? '')];
  const isSlow =
    query.openedFrom !== undefined || query.openedUntil !== undefined || query.q !== undefined || query.fixable !== undefined || version !== null;
  const rest = (component: number, row: number): boolean => {
    if (byDesk.rest !== null && !byDesk.rest(component, row)) return false;
    const of = estate.findings[component];
    const openedAt = of?.openedAt[row] ?? 0;
    if (openedAt < openedFrom || openedAt >= openedUntil) return false;
    const [packageSlot, group] = [of?.package[row] ?? 0, of?.group[row] ?? 0];
    if (query.q !== undefined && !hasWords(textOf(estate, component, packageSlot, group))) return false;
    return hitsPass(estate, { component, packageSlot, group }, query.fixable, version);
  };
  return {
    ...byDesk,
    ...byEstate,
    isComponent: isComponent.length === 0 ? null : (component) => isComponent.every((passes) => passes(component)),
    rest: isSlow || byDesk.rest !== null ? rest : null,
  };
}

/** What a query asks of facts alone, by component, group and package. */
function estateFilter(estate: Estate, query: FindingQuery): Pick<FindingFilter, 'isComponent' | 'groups' | 'packageSlot'> {
  const { severity, advisory, kev, team, owner, stale } = query;
  const levels = severity === undefined ? null : new Set(severity.split(',').map((level) => severityLevels.findIndex((each) => each === level)));
  const group = advisory === undefined ? null : (estate.groupByAnyId.get(advisory) ?? -1);
  const component = query.component === undefined ? null : (estate.componentByRef.get(query.component) ?? -1);
  const hasTeam = teamFilter(query);
  const rules = query.rule === undefined ? null : new Set(query.rule.split(','));
  const asksGroups = rules !== null || levels !== null || group !== null || kev !== undefined;
  const asksComponents = component !== null || team !== undefined || owner !== undefined || stale !== undefined;
  const isComponent = (slot: number): boolean => {
    const holder = estate.components[slot];
    if (holder === undefined || (component !== null && slot !== component)) return false;
    return hasTeam(holder.team) && yesNo(stale, holder.stale_since !== null);
  };
  const isGroup = (slot: number): boolean =>
    (group === null || slot === group) &&
    (levels === null || levels.has(estate.groupLevel[slot] ?? -1)) &&
    (rules === null || rules.has(estate.groups[slot]?.rule ?? '')) &&
    yesNo(kev, (estate.groups[slot]?.kev ?? null) !== null);
  return {
    isComponent: asksComponents ? isComponent : null,
    groups: asksGroups ? Uint8Array.from(estate.groups, (_, slot) => (isGroup(slot) ? 1 : 0)) : null,
    packageSlot: query.package === undefined ? null : (wantedPackage(estate, query.package).slot ?? -1),
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

/** The value sorted by, of a finding that is over. Severity is one number with the time it was opened; on the desk it stands behind what is open. */
function rankOfClosed(estate: Estate, row: FindingStretch, sort: string): string | number {
  const by = sort.replace(/^-/, '');
  const last = sort.startsWith('-') ? -1e300 : 1e300;
  if (by === 'risk' || by === 'due') return last;
  if (by === 'opened') return row.openedAt;
  if (by === 'component') return estate.components[row.component]?.name ?? '';
  if (by === 'package') return estate.packages[row.package]?.name ?? '';
  if (by === 'team') return estate.components[row.component]?.team ?? nameOfNone(sort.startsWith('-') ? -1 : 1);
  if (by === 'epss') return estate.groups[row.group]?.epss?.score ?? last;
  if (by === 'cvss') return estate.groups[row.group]?.severity.score ?? last;
  return (estate.groupLevel[row.group] ?? 0) * pastAllTimes + row.openedAt;
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
