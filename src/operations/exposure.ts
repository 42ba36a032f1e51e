import type { Estate } from '#estate/estate.ts';
import { exposuresOf, type Exposure, type UsedStretch } from '#estate/questions/exposures.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { unpackClosed } from '#language/packed/closed-segments.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Store, StoreReads } from '#store/store.ts';
import { dayText, purlOfPackage } from './ask-estate.ts';
import { ConfigurationError } from './configuration-error.ts';
import { isoOf, normalisedTime } from './finding-view.ts';

/** One stretch of days in which a component was exposed, as clients see it. Days are UTC, half open. */
export type ExposureView = {
  readonly component: { readonly ref: string; readonly name: string };
  readonly team: string | null;
  readonly package: { readonly purl: string; readonly ecosystem: string | null; readonly name: string };
  readonly certainty: Exposure['certainty'];
  /** Versions it was exposed by, in the order in which they came; a range where no version is known. */
  readonly versions: readonly string[];
  readonly usedFrom: string;
  readonly from: string;
  /** The first day on which it was over; null means still exposed. */
  readonly until: string | null;
  /** Days it lasted, up to `now` while it goes on. */
  readonly days: number;
  /** When the use and the advisory were both known here. */
  readonly knownFrom: string;
  /** Versions in use since it ended; empty: the package is gone. Null while it goes on. */
  readonly after: readonly string[] | null;
  /** The observation that showed the end: the last of that day. Null while it goes on, and where the end is told by an upload. */
  readonly endedBy: { readonly receipt: string; readonly revision: string | null } | null;
};

/** Who was exposed to an advisory, when, until when. */
export type Exposures = {
  readonly advisory: { readonly key: string; readonly ids: readonly string[]; readonly title: string; readonly published: string | null };
  readonly exposures: readonly Exposure[];
  /** Refs of components of whose sources nothing was observed by the day asked about: of them nothing can be said. */
  readonly notObserved: readonly string[];
};

/** Which exposures are meant: to the group with this id, through one package alone, those of one day (UTC days since 1970-01-01). */
export type ExposureQuestion = { readonly advisory: string; readonly package?: number; readonly day: number | null };

const dayMs = 86_400_000;

/** Who was exposed to an advisory, now and ever, or on one day; null when no record of ours bears the id. `estate` is the one of now. */
export async function exposures(
  store: Store,
  estate: Estate,
  visibility: Visibility,
  { advisory, package: only, day }: ExposureQuestion,
): Promise<Exposures | null> {
  const slot = estate.groupByAnyId.get(advisory);
  const group = slot === undefined ? undefined : estate.groups[slot];
  if (slot === undefined || group === undefined) return null;
  return store.snapshot(async (reads) => {
    const all = exposuresOf(estate, visibility, slot, await stretchesOf(reads, estate, slot, versionsNamed(estate, slot, only)));
    const { key, ids, title, published } = group;
    return {
      advisory: { key, ids, title, published: normalisedTime(published) },
      exposures: day === null ? all : all.filter(({ from, until }) => from <= day && day < (until ?? Infinity)),
      notObserved: day === null ? [] : await notObservedBy(reads, estate, visibility, day),
    };
  });
}

/** The same for a command: what no record bears is a wrong use. */
export async function exposuresTo(store: Store, estate: Estate, visibility: Visibility, question: ExposureQuestion): Promise<Exposures> {
  const found = await exposures(store, estate, visibility, question);
  if (found === null)
    throw new ConfigurationError(
      `No advisory here bears the id ${question.advisory}. guildhall advisories sync fetches them; an id is written as CVE-2021-44228.`,
    );
  return found;
}

/** Every version of the packages of which the group hits, or may hit, a version. */
function versionsNamed(estate: Estate, group: number, only: number | undefined): ReadonlySet<number> {
  const packages = new Set<number>();
  for (const [version, matches] of estate.matches) if (matches.some((match) => match.group === group)) packages.add(estate.packageOf[version] ?? -1);
  return new Set([...packages].filter((each) => only === undefined || each === only).flatMap((each) => versionsOf(estate, each)));
}

async function stretchesOf(reads: StoreReads, estate: Estate, group: number, versions: ReadonlySet<number>): Promise<readonly UsedStretch[]> {
  const stretches: UsedStretch[] = [];
  if (versions.size === 0) return stretches;
  const matched = await matchedFrom(reads, estate, group, versions);
  for await (const page of reads.loadWholeEvidence()) {
    for (const row of page) {
      const component = estate.slots.component.get(row.component_id);
      if (component === undefined) continue;
      const add = (id: number, stretch: Omit<UsedStretch, 'component' | 'version'>, knownUntil: number): void => {
        const version = estate.slots.version[id] ?? -1;
        if (!versions.has(version)) return;
        const match = matched.get(id);
        const knownFrom = Math.max(stretch.knownFrom, match ?? 0);
        stretches.push({ component, version, ...stretch, knownFrom, ...(match !== undefined && knownUntil > knownFrom ? { endedKnown: true } : {}) });
      };
      for (const { id, validFrom, knownFrom } of unpackOpen(row.open)) add(id, { validFrom, validUntil: null, knownFrom }, 0);
      for (const { id, validFrom, validUntil, knownFrom, knownUntil, retracted } of unpackClosed(row.closed))
        if (!retracted) add(id, { validFrom, validUntil, knownFrom }, knownUntil);
    }
  }
  return stretches;
}

/** Since when a record of the group has been known to hit a version, by its store id. */
async function matchedFrom(reads: StoreReads, estate: Estate, group: number, versions: ReadonlySet<number>): Promise<ReadonlyMap<number, number>> {
  const known = new Map<number, number>();
  const packageVersionIds = [...versions].flatMap((slot) => estate.versions[slot]?.id ?? []);
  for await (const page of reads.loadMatches({ packageVersionIds })) {
    for (const { package_version_id: id, advisory_id, known_from } of page) {
      const key = estate.slots.advisory.get(advisory_id)?.groupKey;
      if (key !== undefined && estate.groupByKey.get(key) === group) known.set(id, Math.min(known.get(id) ?? Infinity, known_from));
    }
  }
  return known;
}

async function notObservedBy(reads: StoreReads, estate: Estate, visibility: Visibility, day: number): Promise<readonly string[]> {
  const first = await reads.firstObservations();
  return estate.components
    .filter((each) => isVisible(each, visibility) && (first.get(each.origin) ?? Infinity) >= (day + 1) * dayMs)
    .map((each) => each.ref)
    .sort();
}

/** Shows exposures one at a time; each source's observations are looked up once. `now` is Unix milliseconds. */
export function exposureViews(store: StoreReads, estate: Estate, now: number): (exposure: Exposure) => Promise<ExposureView | null> {
  const receipts = new Map<string, ReturnType<StoreReads['receiptsOf']>>();
  const endOf = async (origin: string, until: number | null): Promise<ExposureView['endedBy']> => {
    if (until === null) return null;
    const seen = receipts.get(origin) ?? store.receiptsOf(origin);
    receipts.set(origin, seen);
    const last = (await seen).filter((each) => each.outcome !== 'failed' && Math.floor(each.validAt / dayMs) === until).at(-1);
    return last === undefined ? null : { receipt: last.publicId, revision: last.revision };
  };
  const texts = (versions: readonly number[]): readonly string[] => versions.flatMap((each) => versionText(estate, each));
  return async (exposure) => {
    const component = estate.components[exposure.component];
    const holder = estate.packages[exposure.package];
    if (component === undefined || holder === undefined) return null;
    return {
      component: { ref: component.ref, name: component.name },
      team: component.team,
      package: {
        purl: purlOfPackage(holder.ecosystem, holder.name),
        ecosystem: holder.ecosystem === '' ? null : holder.ecosystem,
        name: holder.name,
      },
      certainty: exposure.certainty,
      versions: texts(exposure.versions),
      usedFrom: dayText(exposure.usedFrom),
      from: dayText(exposure.from),
      until: exposure.until === null ? null : dayText(exposure.until),
      days: (exposure.until ?? Math.floor(now / dayMs)) - exposure.from,
      knownFrom: isoOf(exposure.knownFrom) ?? '',
      after: exposure.after === null ? null : texts(exposure.after),
      endedBy: await endOf(component.origin, exposure.until),
    };
  };
}

function versionText(estate: Estate, slot: number): readonly string[] {
  const version = estate.versions[slot];
  if (version === undefined) return [];
  return [version.version === '' ? `unresolved ${version.range}`.trim() : version.version];
}
