import type { Estate } from '#estate/estate.ts';
import { isUnread, listedComponents } from '#estate/questions/listed.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { verdictOf, verdictOverAll, type Verdict } from '#estate/questions/verdicts.ts';
import { versionsOf, whoUses, type Uses } from '#estate/questions/who-uses.ts';
import { packageKey } from '#language/package-key.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { severityLevels, type AffectedPackage, type OsvEvent, type SeverityLevel } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import type { AdvisoryTable } from '#store/schema.ts';
import type { Store, StoreReads } from '#store/store.ts';
import { advisoryBodyOf } from './advisory-body.ts';
import { declaredLicences } from './declared-licences.ts';
import { isoOf, normalisedTime, scoresOf, type FindingView } from './finding-view.ts';

/** An advisory group that names the package. */
export type PackageAdvisoryView = {
  readonly key: string;
  readonly ids: readonly string[];
  readonly title: string;
  readonly severity: SeverityLevel;
  readonly published: string | null;
  readonly ranges: readonly string[];
  /** In version order. */
  readonly fixed: readonly string[];
} & Pick<FindingView, 'cvss' | 'epss' | 'kev'>;

/** What the page of a package shows beside the row of the list. */
export type PackagePage = {
  readonly licences: readonly string[];
  /** In version order, unknown last; verdicts in the order of `advisories`, null for a version that nobody uses whose findings the asker may see. */
  readonly versionsInUse: readonly { readonly version: string | null; readonly components: number; readonly verdicts: readonly (Verdict | null)[] }[];
  readonly advisories: readonly PackageAdvisoryView[];
  /** Of components whose findings the asker may see, as in `owners`, where the others are null. */
  readonly verdicts: { readonly affected: number; readonly clear: number; readonly unknown: number };
  readonly owners: readonly {
    readonly team: string | null;
    readonly components: number;
    readonly affected: number | null;
    readonly unknown: number | null;
  }[];
  readonly coverage: number | null;
  readonly advisoriesAt: string | null;
};

// Licences stand in the readings only: so many files that use the package are looked at.
const filesAskedForLicences = 10;

/** What the page of one package shows; `covered` are the ecosystems that some advisory names packages of. Advisories published after the day `asOf` are left out; null is now. */
export async function packagePage(
  store: Store,
  estate: Estate,
  seen: { readonly estate: Visibility; readonly findings: Visibility },
  slot: number,
  { covered, asOf }: { readonly covered: ReadonlySet<string>; readonly asOf: string | null },
): Promise<PackagePage> {
  const holder = estate.packages[slot];
  const ecosystem = holder?.ecosystem ?? '';
  const isCovered = covered.has(ecosystem) || covered.has(ecosystem.split(':')[0] ?? '');
  const uses = whoUses(estate, seen.estate, versionsOf(estate, slot));
  const judged = new Set(whoUses(estate, seen.findings, versionsOf(estate, slot)).version);
  const advisories = (await advisoriesOf(store, estate, slot, judged)).filter(
    ({ published }) => asOf === null || (published ?? '').slice(0, 10) <= asOf,
  );
  const byComponent = componentVerdicts(estate, uses, isCovered);
  const isJudged = (component: number): boolean => isVisible(estate.components[component] ?? { team: null }, seen.findings);
  const all = [...byComponent].flatMap(([component, verdict]) => (isJudged(component) ? [verdict] : []));
  const listed = listedComponents(estate, seen.estate);
  const feeds = (await store.lastReceipts()).filter((each) => each.source === 'osv').map((each) => each.confirmedAt);
  return {
    licences: await licencesOf(store, estate, slot, uses),
    versionsInUse: versionsInUse(
      estate,
      ecosystem,
      uses,
      judged,
      advisories.map((each) => each.group),
    ),
    advisories: advisories.map(({ group: _, ...view }) => view),
    verdicts: { affected: count(all, 'affected'), clear: count(all, 'not-affected'), unknown: count(all, 'unknown') },
    owners: ownersOf(estate, byComponent, isJudged),
    coverage: listed.length === 0 ? null : listed.filter((each) => !isUnread(estate, each)).length / listed.length,
    advisoriesAt: feeds.length === 0 ? null : isoOf(Math.max(...feeds)),
  };
}

/** Groups with a standing record that names the package: those that hit or may hit a version in use first, then by severity. */
async function advisoriesOf(
  store: StoreReads,
  estate: Estate,
  slot: number,
  judged: ReadonlySet<number>,
): Promise<readonly (PackageAdvisoryView & { readonly group: number })[]> {
  const holder = estate.packages[slot];
  if (holder === undefined) return [];
  const ecosystems = [...new Set([holder.ecosystem, holder.ecosystem.split(':')[0] ?? ''])];
  const naming = await store.advisoriesNaming(ecosystems.map((ecosystem) => ({ ecosystem, nameKey: holder.name_key })));
  const records: AdvisoryTable[] = [];
  for await (const page of store.loadAdvisories({ ids: [...new Set(naming.map((each) => each.advisory_id))] }))
    records.push(...page.filter((row) => row.withdrawn === null));
  const views: (PackageAdvisoryView & { readonly group: number })[] = [];
  for (const [key, rows] of Map.groupBy(records, (row) => row.group_key)) {
    const groupSlot = estate.groupByKey.get(key);
    const group = groupSlot === undefined ? undefined : estate.groups[groupSlot];
    const affected = rows.flatMap((row) =>
      (advisoryBodyOf(row).versions.at(-1)?.affected ?? []).filter((each) => packageKey(each.ecosystem, each.name) === holder.name_key),
    );
    if (groupSlot === undefined || group === undefined || affected.length === 0) continue;
    views.push({
      group: groupSlot,
      key,
      ids: group.ids,
      title: group.title,
      severity: group.severity.level,
      ...scoresOf(group),
      published: normalisedTime(group.published),
      ranges: [...new Set(affected.flatMap(rangeTexts))],
      fixed: inOrder(holder.ecosystem, [...new Set(affected.flatMap(fixesOf))]),
    });
  }
  const weight = ({ group, severity }: { readonly group: number; readonly severity: SeverityLevel }): number =>
    Math.min(...[...judged].map((version) => ['affected', 'unknown', 'not-affected'].indexOf(verdictOf(estate, version, group))), 2) * 10 +
    severityLevels.indexOf(severity);
  return views.sort((a, b) => weight(a) - weight(b) || (a.key < b.key ? -1 : 1));
}

function rangeTexts(affected: AffectedPackage): readonly string[] {
  const ranges = affected.ranges
    .filter((range) => range.type !== 'GIT')
    .map(
      (range) =>
        range.events
          .map(eventText)
          .filter((text) => text !== '')
          .join(', ') || '*',
    );
  return ranges.length > 0 || affected.versions.length === 0
    ? ranges
    : [`= ${affected.versions.slice(0, 20).join(', ')}${affected.versions.length > 20 ? ', …' : ''}`];
}

function eventText(event: OsvEvent): string {
  if ('introduced' in event) return event.introduced === '0' ? '' : `>= ${event.introduced}`;
  if ('fixed' in event) return `< ${event.fixed}`;
  return 'last_affected' in event ? `<= ${event.last_affected}` : '';
}

function fixesOf(affected: AffectedPackage): readonly string[] {
  return affected.ranges.flatMap((range) => (range.type === 'GIT' ? [] : range.events.flatMap((event) => ('fixed' in event ? [event.fixed] : []))));
}

function versionsInUse(
  estate: Estate,
  ecosystem: string,
  uses: Uses,
  judged: ReadonlySet<number>,
  groups: readonly number[],
): PackagePage['versionsInUse'] {
  const slots = new Map<string, Set<number>>();
  const components = new Map<string, Set<number>>();
  uses.version.forEach((version, at) => {
    const text = estate.versions[version]?.version ?? '';
    const component = estate.evidence[uses.evidence[at] ?? -1]?.component ?? -1;
    slots.set(text, (slots.get(text) ?? new Set()).add(version));
    components.set(text, (components.get(text) ?? new Set()).add(component));
  });
  const known = inOrder(
    ecosystem,
    [...slots.keys()].filter((text) => text !== ''),
  );
  return [...known, ...(slots.has('') ? [''] : [])].map((text) => ({
    version: text === '' ? null : text,
    components: components.get(text)?.size ?? 0,
    // Without a version nothing is clear of an advisory that names the package.
    verdicts: groups.map((group) => {
      const shown = [...(slots.get(text) ?? [])].filter((version) => judged.has(version));
      if (shown.length === 0) return null;
      return text === '' ? 'unknown' : worst(shown.map((version) => verdictOf(estate, version, group)));
    }),
  }));
}

function componentVerdicts(estate: Estate, uses: Uses, isCovered: boolean): ReadonlyMap<number, Verdict> {
  const ofVersion = new Map(uses.versions.map((version) => [version, verdictOverAll(estate, version, isCovered)]));
  const found = new Map<number, Verdict>();
  uses.version.forEach((version, at) => {
    const component = estate.evidence[uses.evidence[at] ?? -1]?.component ?? -1;
    const before = found.get(component);
    const verdict = ofVersion.get(version) ?? 'unknown';
    found.set(component, before === undefined ? verdict : worst([before, verdict]));
  });
  return found;
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('affected')) return 'affected';
  return verdicts.includes('unknown') ? 'unknown' : 'not-affected';
}

function ownersOf(estate: Estate, byComponent: ReadonlyMap<number, Verdict>, isJudged: (component: number) => boolean): PackagePage['owners'] {
  const teams = Map.groupBy(byComponent, ([component]) => estate.components[component]?.team ?? null);
  return [...teams]
    .map(([team, rows]) => {
      const verdicts = rows.map(([, verdict]) => verdict);
      const shown = rows.every(([component]) => isJudged(component));
      return {
        team,
        components: rows.length,
        affected: shown ? count(verdicts, 'affected') : null,
        unknown: shown ? count(verdicts, 'unknown') : null,
      };
    })
    .sort(
      (a, b) =>
        (b.affected ?? 0) - (a.affected ?? 0) ||
        (b.unknown ?? 0) - (a.unknown ?? 0) ||
        b.components - a.components ||
        ((a.team ?? '\uffff') < (b.team ?? '\uffff') ? -1 : 1),
    );
}

async function licencesOf(store: Store, estate: Estate, slot: number, uses: Uses): Promise<readonly string[]> {
  const holder = estate.packages[slot];
  const found = new Set<string>();
  const files = new Map<number, number>();
  uses.evidence.forEach((evidence, at) => {
    if (files.size < filesAskedForLicences) files.set(evidence, uses.version[at] ?? -1);
  });
  for (const [evidenceSlot, version] of files) {
    const evidence = estate.evidence[evidenceSlot];
    if (evidence == null) continue;
    const declared = await declaredLicences(store, evidence);
    for (const licence of declared(holder?.ecosystem ?? '', holder?.name_key ?? '', estate.versions[version]?.version ?? '')) found.add(licence);
  }
  return [...found].sort();
}

/** By the ecosystem's own order; where it has none, or a text is no version, by its numbers. */
function inOrder(ecosystem: string, versions: readonly string[]): readonly string[] {
  const scheme = schemeOf(ecosystem);
  return [...versions].sort((a, b) => scheme?.compare(a, b) ?? a.localeCompare(b, 'en', { numeric: true }));
}

function count(verdicts: readonly Verdict[], wanted: Verdict): number {
  return verdicts.filter((each) => each === wanted).length;
}
