import type { Estate } from '#estate/estate.ts';
import { noCounts, type LevelCounts } from '#estate/questions/findings.ts';
import { conflictsOf, inventoryOf, type InventoryRow } from '#estate/questions/inventory.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { weightOf } from '#estate/questions/packages.ts';
import { directOf, scopeOf } from '#language/packed/flags.ts';
import { severityLevels } from '#model/advisory.ts';
import { dayText, purlOfPackage } from '#operations/ask-estate.ts';
import { declaredLicences, type DeclaredLicences } from '#operations/declared-licences.ts';
import { isoOf } from '#operations/finding-view.ts';
import type { EvidenceKind } from '#operations/explain-facts.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

/** One component's inventory. */
export const componentPackages: Handler<'componentPackages'> = (asked) => {
  const { estate, visibility, findings, params, query, office } = asked;
  const slot = componentByRef(estate, visibility, params.ref);
  if (slot === null) throw new Refusal(404, 'There is no component with this ref.');
  const component = estate.components[slot];
  const isJudged = component !== undefined && isVisible(component, findings);
  const counts = isJudged ? findingsHere(estate, slot) : new Map<number, LevelCounts>();
  const conflicts = new Set(conflictsOf(estate, slot).map((each) => each.package));
  const licences = new Map<number, Promise<DeclaredLicences>>();
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows: filtered(asked, inventoryOf(estate, slot), isJudged ? counts : null),
    keyOf: (row: InventoryRow) => {
      const version = estate.versions[row.version];
      const holder = packageOf(estate, row);
      return [
        sortValue(row, sort, holder?.name ?? '', version?.version ?? '', counts),
        holder?.name ?? '',
        holder?.ecosystem ?? '',
        version?.version ?? '',
        version?.range ?? '',
        row.evidence.path,
      ];
    },
    ...(sort === 'version' ? { order: byNumberedText } : {}),
    view: async (row) => {
      const known = licences.get(row.evidenceSlot) ?? declaredLicences(office.store, row.evidence);
      licences.set(row.evidenceSlot, known);
      return rowView(estate, row, isJudged ? counts : null, conflicts, await known, office.estate.coveredEcosystems());
    },
    columns,
  });
};

function filtered(
  { estate, query }: Asked<'componentPackages'>,
  rows: readonly InventoryRow[],
  counts: ReadonlyMap<number, LevelCounts> | null,
): readonly InventoryRow[] {
  const hasWords = wordsFilter(query.q);
  return rows.filter((row) => {
    const holder = packageOf(estate, row);
    if (holder === undefined || !hasWords(holder.name)) return false;
    if (query.scope !== undefined && scopeOf(row.flags) !== query.scope) return false;
    if (query.direct !== undefined && directOf(row.flags) !== (query.direct === 'true')) return false;
    if (query.ecosystem !== undefined && holder.ecosystem !== query.ecosystem) return false;
    if (query.evidence !== undefined && row.evidence.path !== query.evidence) return false;
    return query.affected === undefined || (counts !== null && yesNo(query.affected, counts.has(row.version)));
  });
}

/** Open findings of the component by the package version they are about. */
function findingsHere(estate: Estate, slot: number): ReadonlyMap<number, LevelCounts> {
  const columns = estate.findings[slot];
  const found = new Set<string>();
  columns?.group.forEach((group, row) => found.add(`${String(columns.package[row])} ${String(group)}`));
  const counts = new Map<number, LevelCounts>();
  if (found.size === 0) return counts;
  for (const { version } of inventoryOf(estate, slot)) {
    const groups = new Set(estate.matches.get(version)?.flatMap((match) => (match.kind === 'affected' ? [match.group] : [])));
    const here = [...groups].filter((group) => found.has(`${String(estate.packageOf[version])} ${String(group)}`));
    if (here.length === 0 || counts.has(version)) continue;
    const levels = noCounts();
    for (const group of here) levels[severityLevels[estate.groupLevel[group] ?? 2] ?? 'unknown'] += 1;
    counts.set(version, levels);
  }
  return counts;
}

function rowView(
  estate: Estate,
  row: InventoryRow,
  counts: ReadonlyMap<number, LevelCounts> | null,
  conflicts: ReadonlySet<number>,
  licences: DeclaredLicences,
  covered: ReadonlySet<string>,
): ItemOf<'componentPackages'> | null {
  const holder = packageOf(estate, row);
  const version = estate.versions[row.version];
  if (holder === undefined || version === undefined) return null;
  const unjudged =
    counts === null ? 'Findings of this component are for its team and for security.' : whyUnjudged(holder.ecosystem, version.version, covered);
  return {
    purl: purlOfPackage(holder.ecosystem, holder.name),
    ecosystem: holder.ecosystem === '' ? null : holder.ecosystem,
    name: holder.name,
    version: version.version === '' ? null : version.version,
    range: version.version === '' ? version.range : null,
    scope: scopeOf(row.flags),
    direct: directOf(row.flags),
    licences: licences(holder.ecosystem, holder.name_key, version.version),
    evidence: { kind: row.evidence.kind as EvidenceKind, path: row.evidence.path },
    since: dayText(row.validFrom),
    findings: unjudged === null ? (counts?.get(row.version) ?? noCounts()) : null,
    unjudged,
    conflict: conflicts.has(estate.packageOf[row.version] ?? -1),
    staleSince: isoOf(row.evidence.stale_since),
  };
}

function whyUnjudged(ecosystem: string, version: string, covered: ReadonlySet<string>): string | null {
  if (version === '') return 'The version in use is not known.';
  return covered.has(ecosystem) || covered.has(ecosystem.split(':')[0] ?? '') ? null : 'No advisory source covers this ecosystem.';
}

function sortValue(row: InventoryRow, sort: string, name: string, version: string, counts: ReadonlyMap<number, LevelCounts>): string | number {
  if (sort === 'version') return version;
  if (sort === 'findings') return weightOf(counts.get(row.version) ?? noCounts());
  if (sort === 'scope') return scopeOf(row.flags);
  if (sort === 'since') return row.validFrom;
  return name;
}

const numbered = new Intl.Collator('en', { numeric: true });

/** Versions of several ecosystems have no common order: their numbers as numbers, the rest as text. */
function byNumberedText(a: string, b: string): number {
  return numbered.compare(a, b);
}

function packageOf(estate: Estate, row: InventoryRow): Estate['packages'][number] | undefined {
  return estate.packages[estate.packageOf[row.version] ?? -1];
}

const columns: readonly CsvColumn<ItemOf<'componentPackages'>>[] = [
  ['purl', (each) => each.purl],
  ['ecosystem', (each) => each.ecosystem],
  ['name', (each) => each.name],
  ['version', (each) => each.version],
  ['range', (each) => each.range],
  ['scope', (each) => each.scope],
  ['direct', (each) => each.direct],
  ['licences', (each) => each.licences.join(' AND ')],
  ['evidence', (each) => each.evidence.kind],
  ['path', (each) => each.evidence.path],
  ['since', (each) => each.since],
  ...severityLevels.map((level): CsvColumn<ItemOf<'componentPackages'>> => [level, (each) => each.findings?.[level] ?? null]),
  ['not judged because', (each) => each.unjudged],
  ['stale since', (each) => each.staleSince],
];
