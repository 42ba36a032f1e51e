import type { Estate } from '#estate/estate.ts';
import { ecosystemsOf } from '#estate/questions/ecosystems.ts';
import { countsOfComponent, noCounts, type LevelCounts } from '#estate/questions/findings.ts';
import { packageCount } from '#estate/questions/inventory.ts';
import { isUnread, listedComponents, retiredComponents } from '#estate/questions/listed.ts';
import { weightOf } from '#estate/questions/packages.ts';
import { versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import { severityLevels } from '#model/advisory.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import type { RowKey } from '../cursor.ts';
import { afterAll, teamFilter, wantedPackage, wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { componentView, hasProblems } from '../views/component-view.ts';

const weekMs = 7 * 86_400_000;

/** The catalogue. */
export const components: Handler<'components'> = (asked) => {
  const { estate, query, visibility, findings } = asked;
  const all = query.retired === 'true' ? retiredComponents(estate, visibility) : listedComponents(estate, visibility);
  const rows = filtered(asked, all);
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (slot: number) => [sortValue(estate, findings, slot, sort), estate.components[slot]?.ref ?? ''],
    view: (slot) => componentView(estate, findings, slot, asked.office.estate.sourceOf),
    columns,
    extra: () => ({
      base: all.length,
      findings: sumOf(estate, findings, rows),
      facets: { team: teamFacet(estate, rows), ecosystem: ecosystemFacet(estate, rows) },
    }),
  });
};

function filtered({ estate, query, visibility, findings, office }: Asked<'components'>, all: readonly number[]): readonly number[] {
  const hasWords = wordsFilter(query.q);
  const hasTeam = teamFilter(query);
  const ecosystems = ecosystemsOf(estate);
  const users = query.uses === undefined ? null : usersOf(estate, visibility, query.uses);
  const affected = query.affected === undefined ? null : (wantedPackage(estate, query.affected).slot ?? -1);
  const since = office.clock() - weekMs;
  return all.filter((slot) => {
    const each = estate.components[slot];
    if (each === undefined || !hasTeam(each.team) || !hasWords(each.ref)) return false;
    if (query.origin !== undefined && each.origin !== query.origin) return false;
    if (query.ecosystem !== undefined && !ecosystems.has(slot, query.ecosystem)) return false;
    if (query.read !== undefined && (each.confirmed_at !== null && each.confirmed_at >= since) !== (query.read === 'week')) return false;
    if (!yesNo(query.stale, each.stale_since !== null) || (users !== null && !users.has(slot))) return false;
    // What is open in it is not told by what it is found by.
    if ((affected !== null || query.severity !== undefined) && !isVisible(each, findings)) return false;
    if (affected !== null && estate.findings[slot]?.package.includes(affected) !== true) return false;
    if (query.observed !== undefined && !yesNo(query.observed, !isUnread(estate, slot))) return false;
    if (query.problems !== undefined && !yesNo(query.problems, hasProblems(estate, slot))) return false;
    return query.severity === undefined || countsOfComponent(estate, slot)[query.severity] > 0;
  });
}

function usersOf(estate: Estate, visibility: Asked<'components'>['visibility'], purl: string): ReadonlySet<number> {
  const { slot, version } = wantedPackage(estate, purl);
  const versions = slot === null ? [] : versionsOf(estate, slot).filter((each) => version === null || estate.versions[each]?.version === version);
  return new Set(Array.from(whoUses(estate, visibility, versions).evidence, (evidence) => estate.evidence[evidence]?.component ?? -1));
}

function sortValue(estate: Estate, findings: Visibility, slot: number, sort: string): RowKey[number] {
  const each = estate.components[slot];
  if (sort === 'findings' && each !== undefined && !isVisible(each, findings)) return -1;
  if (sort === 'team') return each?.team ?? afterAll;
  if (sort === 'packages') return isUnread(estate, slot) ? -1 : packageCount(estate, slot);
  if (sort === 'findings') return isUnread(estate, slot) ? -1 : weightOf(countsOfComponent(estate, slot));
  if (sort === 'read') return each?.confirmed_at ?? -1;
  return each?.name ?? '';
}

function sumOf(estate: Estate, findings: Visibility, rows: readonly number[]): LevelCounts {
  const sum = noCounts();
  for (const slot of rows) {
    const each = estate.components[slot];
    if (each === undefined || !isVisible(each, findings)) continue;
    const counts = countsOfComponent(estate, slot);
    for (const level of severityLevels) sum[level] += counts[level];
  }
  return sum;
}

function teamFacet(estate: Estate, rows: readonly number[]): readonly { readonly value: string | null; readonly count: number }[] {
  return mostFirst(Map.groupBy(rows, (slot) => estate.components[slot]?.team ?? null));
}

function ecosystemFacet(estate: Estate, rows: readonly number[]): readonly { readonly value: string; readonly count: number }[] {
  const ecosystems = ecosystemsOf(estate);
  return ecosystems.names
    .map((value) => ({ value, count: rows.filter((slot) => ecosystems.has(slot, value)).length }))
    .filter((each) => each.count > 0)
    .sort((a, b) => b.count - a.count);
}

function mostFirst<Value extends string | null>(
  groups: ReadonlyMap<Value, readonly number[]>,
): readonly { readonly value: Value; readonly count: number }[] {
  return [...groups]
    .map(([value, slots]) => ({ value, count: slots.length }))
    .sort((a, b) => b.count - a.count || ((a.value ?? afterAll) < (b.value ?? afterAll) ? -1 : 1));
}

const columns: readonly CsvColumn<ItemOf<'components'>>[] = [
  ['ref', (each) => each.ref],
  ['name', (each) => each.name],
  ['team', (each) => each.owner?.team ?? null],
  ['source', (each) => each.source.source],
  ['origin', (each) => each.source.origin],
  ['ecosystems', (each) => each.ecosystems.join(' ')],
  ['packages', (each) => each.packages],
  ...severityLevels.map((level): CsvColumn<ItemOf<'components'>> => [level, (each) => each.findings?.[level] ?? null]),
  ['problems', (each) => each.problems],
  ['stale since', (each) => each.staleSince],
  ['read at', (each) => each.readAt],
  ['valid at', (each) => each.validAt],
  ['revision', (each) => each.revision],
];
