import type { Estate } from '#estate/estate.ts';
import { publishedDay } from '#estate/questions/exposures.ts';
import { exposuresToAll, verdictsOn, type GroupExposure, type VerdictsOn } from '#estate/questions/past-verdicts.ts';
import { listedComponents } from '#estate/questions/listed.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import { dayText } from './ask-estate.ts';
import { pastUsesOf } from './past-uses.ts';

/** How a package stood at the end of a UTC day; `observed`: of how many of the components known now anything was observed by then. */
export type PackagePoint = VerdictsOn & { readonly day: string; readonly observed: number };

/** Something that happened to a package: the first observation of the estate, or an advisory that ever hit a version used here. */
export type PackageEvent = {
  readonly day: string;
  readonly kind: 'first-observation' | 'advisory';
  readonly ids: readonly string[];
  readonly severity: SeverityLevel | null;
};

export type PackagePast = {
  /** Oldest first: the end of each week (Sunday), then of today. */
  readonly points: readonly PackagePoint[];
  readonly events: readonly PackageEvent[];
  /** Components known now, of which `observed` is a part. */
  readonly known: number;
};

type PastReads = Pick<StoreReads, 'loadClosedEvidence' | 'firstObservations'>;

const dayMs = 86_400_000;
/** Sunday 4 January 1970. */
const firstSunday = 3;

/**
 * How many components used a package week by week, and how advisories published by then judge it by today's ranges; null when nobody who may be seen
 * ever used it. Begins with the first observation of the estate, at most `weeks` back. `estate` is that of now.
 */
export async function packagePast(
  reads: PastReads,
  estate: Estate,
  visibility: Visibility,
  packageSlot: number,
  { weeks, now, covered }: { readonly weeks: number; readonly now: number; readonly covered: ReadonlySet<string> },
): Promise<PackagePast | null> {
  const uses = await pastUsesOf(reads, estate, visibility, packageSlot);
  if (uses.length === 0) return null;
  const ecosystem = estate.packages[packageSlot]?.ecosystem ?? '';
  const firsts = await reads.firstObservations();
  const listed = listedComponents(estate, visibility);
  const firstDays = listed.flatMap((slot) => {
    const first = firsts.get(estate.components[slot]?.origin ?? '');
    return first === undefined ? [] : [Math.floor(first / dayMs)];
  });
  const today = Math.floor(now / dayMs);
  const begin = Math.min(today, ...uses.map((use) => use.validFrom), ...firstDays);
  const days = daysBetween(Math.max(begin, today - weeks * 7), today);
  const verdicts = verdictsOn(estate, uses, days, covered.has(ecosystem) || covered.has(ecosystem.split(':')[0] ?? ''));
  return {
    points: verdicts.map((each, at) => {
      const day = days[at] ?? today;
      return { ...each, day: dayText(day), observed: firstDays.filter((first) => first <= day).length };
    }),
    events: eventsOf(estate, exposuresToAll(estate, visibility, uses), begin),
    known: listed.length,
  };
}

function daysBetween(from: number, until: number): readonly number[] {
  const days: number[] = [];
  for (let day = from + ((((firstSunday - from) % 7) + 7) % 7); day < until; day += 7) days.push(day);
  return [...days, until];
}

function eventsOf(estate: Estate, exposures: readonly GroupExposure[], begin: number): readonly PackageEvent[] {
  const advisories = [...new Set(exposures.map((each) => each.group))].map((group): PackageEvent => {
    const { ids = [], severity } = estate.groups[group] ?? {};
    return { day: dayText(publishedDay(estate, group)), kind: 'advisory', ids, severity: severity?.level ?? 'unknown' };
  });
  const first: PackageEvent = { day: dayText(begin), kind: 'first-observation', ids: [], severity: null };
  return [first, ...advisories].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
