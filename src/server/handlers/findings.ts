import type { Estate } from '#estate/estate.ts';
import { hitsOf, openFindings } from '#estate/questions/findings.ts';
import { severityLevels } from '#model/advisory.ts';
import { vulnerabilityRule } from '#operations/ask-estate.ts';
import { closedFindings, stretchAt } from '#operations/find-finding.ts';
import { findingView, type FindingStretch } from '#operations/finding-view.ts';
import { versionsHit } from '#operations/versions-hit.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { afterAll, teamFilter, wantedPackage, wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';

/** Findings: open ones unless `state` says otherwise; of a past day, those that stood then. */
export const findings: Handler<'findings'> = async (asked) => {
  const { estate, visibility, query, office } = asked;
  const isWanted = filterOf(asked);
  const rows: FindingStretch[] = [];
  if (query.state !== 'closed') {
    for (const place of openFindings(estate, visibility)) {
      const stretch = stretchAt(estate, place);
      if (stretch !== null && isWanted(stretch)) rows.push(stretch);
    }
  }
  if (query.state !== 'open' && query.asOf === undefined) rows.push(...(await closedFindings(office.store, estate, visibility)).filter(isWanted));
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (row: FindingStretch) => keyOf(estate, row, sort),
    view: async (row) => findingView(estate, row, row.closedBecause === null ? undefined : await versionsHit(office.store, estate, row)),
    columns,
  });
};

/** Whether a finding passes the filters; what costs little is asked first. */
function filterOf({ estate, query }: Asked<'findings'>): (row: FindingStretch) => boolean {
  const levels =
    query.severity === undefined ? null : new Set(query.severity.split(',').map((level) => severityLevels.findIndex((each) => each === level)));
  const component = query.component === undefined ? null : (estate.componentByRef.get(query.component) ?? -1);
  const wanted = query.package === undefined ? null : wantedPackage(estate, query.package);
  const group = query.advisory === undefined ? null : (estate.groupByAnyId.get(query.advisory) ?? -1);
  const hasTeam = teamFilter(query);
  const hasWords = wordsFilter(query.q);
  const hasRule = query.rule === undefined || query.rule === vulnerabilityRule;
  return (row) => {
    if (!hasRule || (levels !== null && !levels.has(estate.groupLevel[row.group] ?? -1))) return false;
    if ((component !== null && row.component !== component) || (group !== null && row.group !== group)) return false;
    if (wanted !== null && row.package !== wanted.slot) return false;
    const holder = estate.components[row.component];
    if (holder === undefined || !hasTeam(holder.team) || !yesNo(query.stale, holder.stale_since !== null)) return false;
    if (!yesNo(query.kev, query.kev !== undefined && (estate.groups[row.group]?.kev ?? null) !== null)) return false;
    if (query.q !== undefined && !hasWords(textOf(estate, row))) return false;
    return hitsPass(estate, row, query.fixable, wanted?.version ?? null);
  };
}

function hitsPass(estate: Estate, row: FindingStretch, fixable: 'true' | 'false' | undefined, version: string | null): boolean {
  if (fixable === undefined && version === null) return true;
  const hits = hitsOf(estate, row.component, row.package, row.group);
  if (version !== null && !hits.some((hit) => estate.versions[hit.version]?.version === version)) return false;
  return yesNo(
    fixable,
    hits.some((hit) => hit.match.fixed_in !== null),
  );
}

function textOf(estate: Estate, row: FindingStretch): string {
  const group = estate.groups[row.group];
  return [estate.packages[row.package]?.name, estate.components[row.component]?.ref, group?.title, ...(group?.ids ?? [])].join(' ');
}

function keyOf(estate: Estate, row: FindingStretch, sort: string): readonly (string | number)[] {
  const [holder, used, group] = [estate.components[row.component], estate.packages[row.package], estate.groups[row.group]];
  const level = estate.groupLevel[row.group] ?? 0;
  const names = [holder?.ref ?? '', used?.name ?? '', used?.ecosystem ?? '', group?.key ?? '', row.episode];
  if (sort === 'opened') return [row.openedAt, level, ...names];
  if (sort === 'component') return [holder?.name ?? '', level, row.openedAt, ...names];
  if (sort === 'package') return [used?.name ?? '', level, row.openedAt, ...names];
  if (sort === 'team') return [holder?.team ?? afterAll, level, row.openedAt, ...names];
  if (sort === 'epss') return [group?.epss?.score ?? -1, level, row.openedAt, ...names];
  if (sort === 'cvss') return [group?.severity.score ?? -1, level, row.openedAt, ...names];
  return [level, row.openedAt, ...names];
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
];
