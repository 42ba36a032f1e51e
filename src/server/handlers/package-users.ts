import type { Estate } from '#estate/estate.ts';
import { verdictOf, verdictOverAll, type Verdict } from '#estate/questions/verdicts.ts';
import { useAt, versionsOf, whoUses, type Uses } from '#estate/questions/who-uses.ts';
import { readRange } from '#language/in-range.ts';
import { directOf, scopeOf } from '#language/packed/flags.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { dayText, purlOfPackage } from '#operations/ask-estate.ts';
import type { EvidenceKind } from '#operations/explain-facts.ts';
import { isoOf } from '#operations/finding-view.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { afterAll, teamFilter, wantedPackage, wordsFilter } from '../filters.ts';
import { compareValues, listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';
import { ownerOf } from '../views/component-view.ts';
import { stewardView } from '../views/ownership-view.ts';

/** Who uses a package. */
export const packageUsers: Handler<'packageUsers'> = (asked) => {
  const { estate, visibility, params, query } = asked;
  const { slot } = wantedPackage(estate, params.purl);
  const versions = slot === null ? [] : versionsOf(estate, slot);
  const uses = whoUses(estate, visibility, versions);
  if (slot === null || uses.evidence.length === 0) throw new Refusal(404, 'Nobody uses this package.');
  const ecosystem = estate.packages[slot]?.ecosystem ?? '';
  const verdicts = verdictsOf(asked, uses, ecosystem);
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows: filtered(asked, uses, verdicts, ecosystem),
    keyOf: (at: number) => keyOf(estate, uses, at, sort),
    ...(sort === 'version' ? { order: versionOrder(ecosystem) } : { rankOf: (at: number) => rankOf(estate, uses, at, sort) }),
    view: (at) => useView(asked, uses, at, verdicts),
    columns,
    extra: () => ({
      steward: stewardView(asked.office.desk.desk, purlOfPackage(ecosystem, estate.packages[slot]?.name ?? ''), asked.office.clock()),
    }),
  });
};

function verdictsOf({ estate, query, office }: Asked<'packageUsers'>, uses: Uses, ecosystem: string): ReadonlyMap<number, Verdict> {
  const covered = office.estate.coveredEcosystems();
  const isCovered = covered.has(ecosystem) || covered.has(ecosystem.split(':')[0] ?? '');
  const group = query.advisory === undefined ? null : (estate.groupByAnyId.get(query.advisory) ?? -1);
  return new Map(
    uses.versions.map((version) => [version, group === null ? verdictOverAll(estate, version, isCovered) : verdictOf(estate, version, group)]),
  );
}

function filtered(
  { estate, findings, query }: Asked<'packageUsers'>,
  uses: Uses,
  verdicts: ReadonlyMap<number, Verdict>,
  ecosystem: string,
): readonly number[] {
  const isWanted = versionFilter(estate, query, ecosystem);
  const wanted = new Set(
    uses.versions.filter((version) => {
      const verdict = verdicts.get(version);
      if (query.advisory !== undefined && verdict === 'not-affected') return false;
      return (query.verdict === undefined || verdict === query.verdict) && isWanted(version);
    }),
  );
  const hasWords = wordsFilter(query.q);
  const hasTeam = teamFilter(query);
  const asksVerdict = query.advisory !== undefined || query.verdict !== undefined;
  const needsComponent = (asksVerdict && findings.kind !== 'all') || query.q !== undefined || query.team !== undefined || query.owner !== undefined;
  const rows: number[] = [];
  for (let at = 0; at < uses.evidence.length; at += 1) {
    if (!wanted.has(uses.version[at] ?? -1)) continue;
    const component = needsComponent ? estate.components[estate.evidence[uses.evidence[at] ?? -1]?.component ?? -1] : undefined;
    if (component !== undefined && asksVerdict && !isVisible(component, findings)) continue;
    if (component === undefined || (hasTeam(component.team) && hasWords(component.ref))) rows.push(at);
  }
  return rows;
}

function versionFilter(estate: Estate, query: Asked<'packageUsers'>['query'], ecosystem: string): (version: number) => boolean {
  const textOf = (version: number): string => estate.versions[version]?.version ?? '';
  const scheme = schemeOf(ecosystem);
  const range = query.range === undefined || scheme === null ? null : readRange(scheme, query.range);
  if (range?.ok === false) throw new Refusal(400, range.error);
  if (query.range !== undefined && scheme === null) throw new Refusal(400, 'Ranges of this ecosystem are not understood.');
  return (version) => {
    const text = textOf(version);
    if (query.version !== undefined && text !== (query.version === 'unknown' ? '' : query.version)) return false;
    // A version that is not known may be in the range: it is shown, never left out.
    return range === null || text === '' || range.range.contains(text);
  };
}

function keyOf(estate: Estate, uses: Uses, at: number, sort: string): readonly (string | number)[] {
  const evidence = estate.evidence[uses.evidence[at] ?? -1];
  const component = estate.components[evidence?.component ?? -1];
  const version = estate.versions[uses.version[at] ?? -1];
  const rank = rankOf(estate, uses, at, sort);
  return [rank, component?.ref ?? '', evidence?.path ?? '', evidence?.kind ?? '', version?.version ?? '', version?.range ?? ''];
}

/** The value sorted by. */
function rankOf(estate: Estate, uses: Uses, at: number, sort: string): string | number {
  if (sort === 'since') return uses.validFrom[at] ?? 0;
  if (sort === 'version') return estate.versions[uses.version[at] ?? -1]?.version ?? '';
  const component = estate.components[estate.componentOf[uses.evidence[at] ?? -1] ?? -1];
  return sort === 'team' ? (component?.team ?? afterAll) : (component?.name ?? '');
}

function versionOrder(ecosystem: string): (a: string, b: string) => number {
  const scheme = schemeOf(ecosystem);
  return (a, b) => scheme?.compare(a, b) ?? compareValues(a, b);
}

function useView(
  { estate, findings }: Asked<'packageUsers'>,
  uses: Uses,
  at: number,
  verdicts: ReadonlyMap<number, Verdict>,
): ItemOf<'packageUsers'> {
  const use = useAt(estate, uses, at);
  const version = estate.versions[use.version];
  const text = version?.version ?? '';
  return {
    component: { ref: use.component.ref, name: use.component.name },
    owner: ownerOf(use.component),
    version: text === '' ? null : text,
    range: text === '' ? (version?.range ?? null) : null,
    evidence: { kind: use.evidence.kind as EvidenceKind, path: use.evidence.path },
    scope: scopeOf(use.flags),
    direct: directOf(use.flags),
    since: dayText(use.validFrom),
    verdict: isVisible(use.component, findings) ? (verdicts.get(use.version) ?? 'unknown') : null,
    staleSince: isoOf(use.evidence.stale_since),
  };
}

const columns: readonly CsvColumn<ItemOf<'packageUsers'>>[] = [
  ['component', (each) => each.component.ref],
  ['name', (each) => each.component.name],
  ['team', (each) => each.owner?.team ?? null],
  ['version', (each) => each.version],
  ['range', (each) => each.range],
  ['evidence', (each) => each.evidence.kind],
  ['path', (each) => each.evidence.path],
  ['scope', (each) => each.scope],
  ['direct', (each) => each.direct],
  ['since', (each) => each.since],
  ['verdict', (each) => each.verdict],
  ['stale since', (each) => each.staleSince],
];
