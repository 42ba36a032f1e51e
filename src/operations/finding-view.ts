import { findingId } from '#analysis/findings/finding-id.ts';
import type { Estate, EstateComponent } from '#estate/estate.ts';
import { isOfAdvisories, type Group } from '#estate/groups.ts';
import { hitsOf, type OpenFinding } from '#estate/questions/findings.ts';
import type { PackedEpisode } from '#language/packed/finding-pack.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import { dayText, purlOfPackage } from './ask-estate.ts';

/** A CVSS score with where it comes from. */
export type ScoreView = { readonly version: string; readonly score: number; readonly vector: string; readonly source: string };

/** One finding by natural keys, as clients see it. Times are ISO 8601. */
export type FindingView = {
  readonly id: string;
  readonly episode: number;
  readonly rule: string;
  readonly subject: string;
  readonly package: { readonly purl: string; readonly ecosystem: string | null; readonly name: string } | null;
  readonly versions: readonly string[];
  readonly component: { readonly ref: string; readonly name: string };
  readonly team: string | null;
  readonly advisory: { readonly key: string; readonly ids: readonly string[] } | null;
  readonly title: string;
  readonly severity: SeverityLevel;
  readonly cvss: ScoreView | null;
  readonly epss: { readonly score: number; readonly percentile: number; readonly date: string } | null;
  readonly kev: { readonly added: string } | null;
  readonly opened: string;
  readonly exposure: { readonly from: string; readonly until: string | null };
  readonly state: 'open' | 'fixed' | 'withdrawn' | 'retracted' | 'not-affected' | 'retired';
  readonly reason: string;
  readonly fix: string | null;
  readonly staleSince: string | null;
};

/** One stretch of a finding by the estate's slots, open or over. */
export type FindingStretch = {
  readonly component: number;
  readonly package: number;
  readonly group: number;
  readonly episode: number;
  /** Unix milliseconds. */
  readonly openedAt: number;
  /** UTC days, half open; null `exposedUntil` means still. */
  readonly exposedFrom: number;
  readonly exposedUntil: number | null;
  readonly closedBecause: PackedEpisode['closedBecause'];
  /** What an observed rule said; absent for findings about advisories. */
  readonly reason?: string;
};

/** The id of a finding of this component, package and group. */
export function findingIdOf(
  estate: Estate,
  component: number,
  packageSlot: number,
  group: Pick<Group, 'rule' | 'subject'>,
  member: string = group.subject,
): string {
  const row = estate.packages[packageSlot];
  const purl = row === undefined ? '' : purlOfPackage(row.ecosystem, row.name);
  return findingId(group.rule, estate.components[component]?.ref ?? '', purl, member);
}

/** A finding as clients see it; null when the estate no longer holds what it names. `versions` of a closed one are those that were hit. */
export function findingView(estate: Estate, stretch: FindingStretch, versions?: readonly string[]): FindingView | null {
  const component = estate.components[stretch.component];
  const packageRow = estate.packages[stretch.package];
  const group = estate.groups[stretch.group];
  if (component === undefined || group === undefined) return null;
  if (!isOfAdvisories(group)) return { ...ruleFindingView(estate, stretch, component, group), versions: versions ?? [] };
  if (packageRow === undefined) return null;
  const hits = stretch.closedBecause === null ? hitsOf(estate, stretch.component, stretch.package, stretch.group) : [];
  const hit = versions ?? [...new Set(hits.map((each) => estate.versions[each.version]?.version ?? ''))].filter((text) => text !== '').sort();
  const purl = purlOfPackage(packageRow.ecosystem, packageRow.name);
  return {
    id: findingIdOf(estate, stretch.component, stretch.package, group),
    episode: stretch.episode,
    rule: group.rule,
    subject: purl,
    package: { purl, ecosystem: packageRow.ecosystem === '' ? null : packageRow.ecosystem, name: packageRow.name },
    versions: hit,
    component: { ref: component.ref, name: component.name },
    team: component.team,
    advisory: { key: group.key, ids: group.ids },
    title: group.title,
    severity: group.severity.level,
    ...scoresOf(group),
    opened: new Date(stretch.openedAt).toISOString(),
    exposure: { from: dayText(stretch.exposedFrom), until: stretch.exposedUntil === null ? null : dayText(stretch.exposedUntil) },
    state: stretch.closedBecause ?? 'open',
    reason: reasonOf(packageRow.name, hit, hits, stretch.closedBecause),
    fix: hits.map(({ match }) => match.fixed_in).find((fix) => fix !== null) ?? null,
    staleSince: isoOf(component.stale_since),
  };
}

/** A finding of an observed rule. */
function ruleFindingView(estate: Estate, stretch: FindingStretch, component: EstateComponent, group: Group): FindingView {
  const packageRow = estate.packages[stretch.package];
  const purl = packageRow === undefined ? null : purlOfPackage(packageRow.ecosystem, packageRow.name);
  return {
    id: findingIdOf(estate, stretch.component, stretch.package, group),
    episode: stretch.episode,
    rule: group.rule,
    subject: purl ?? group.subject,
    package:
      packageRow === undefined || purl === null
        ? null
        : { purl, ecosystem: packageRow.ecosystem === '' ? null : packageRow.ecosystem, name: packageRow.name },
    versions: [],
    component: { ref: component.ref, name: component.name },
    team: component.team,
    advisory: null,
    title: group.title,
    severity: group.severity.level,
    cvss: null,
    epss: null,
    kev: null,
    opened: new Date(stretch.openedAt).toISOString(),
    exposure: { from: dayText(stretch.exposedFrom), until: stretch.exposedUntil === null ? null : dayText(stretch.exposedUntil) },
    state: stretch.closedBecause ?? 'open',
    reason: stretch.reason ?? 'It is being judged anew.',
    fix: null,
    staleSince: isoOf(component.stale_since),
  };
}

/** The score, EPSS and KEV of a group, as findings and advisories show them. */
export function scoresOf(group: Group): Pick<FindingView, 'cvss' | 'epss' | 'kev'> {
  const { score, version, vector, from } = group.severity;
  const { epss, kev } = group;
  return {
    cvss: score === null || version === null || vector === null ? null : { version, score, vector, source: from ?? group.key },
    epss: epss === null || epss.percentile === null || !isDay(epss.date) ? null : { score: epss.score, percentile: epss.percentile, date: epss.date },
    kev: isDay(kev) ? { added: kev } : null,
  };
}

/** ISO 8601 of Unix milliseconds; null stays null. */
export function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** A time as a record writes it, in UTC with `Z`; null when it is none. */
export function normalisedTime(text: string | null): string | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function reasonOf(name: string, versions: readonly string[], hits: OpenFinding['hits'], closedBecause: FindingStretch['closedBecause']): string {
  const what = `${name}${versions.length === 0 ? '' : ` ${versions.join(', ')}`}`;
  if (closedBecause === 'fixed') return `${what} is no longer in use here.`;
  if (closedBecause === 'withdrawn') return `Every record that named ${what} was withdrawn.`;
  if (closedBecause === 'not-affected') return `The records no longer name ${what}.`;
  if (closedBecause === 'retired') return `The component was retired with ${what} in it; nothing was fixed.`;
  if (closedBecause === 'retracted') return `A better reading of the same file says that ${what} was never there.`;
  const [first] = hits;
  if (first === undefined) return 'The match is being judged anew.';
  return first.match.by === 'versions'
    ? `${what} is listed as affected by ${first.match.record}.`
    : `${what} lies in ${first.match.range} of ${first.match.record}.`;
}
