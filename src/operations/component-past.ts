import type { Estate } from '#estate/estate.ts';
import type { PackageChange } from '#estate/questions/change.ts';
import type { UsedStretch } from '#estate/questions/exposures.ts';
import { exposuresToAll, type GroupExposure } from '#estate/questions/past-verdicts.ts';
import { packagesChanged } from '#estate/questions/package-changes.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import { seesAll } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import { dayText, purlOfPackage } from './ask-estate.ts';
import { pastUsesIn } from './past-uses.ts';

/** A package that came, went or has another version since a day. */
export type PackageStep = {
  readonly what: 'appeared' | 'gone' | 'changed';
  readonly purl: string;
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** A finding that began or ended on a day, in valid time. */
export type FindingStep = { readonly purl: string; readonly name: string; readonly ids: readonly string[]; readonly severity: SeverityLevel };

/** A day on which something of a component changed, as known now. */
export type ComponentDay = {
  readonly day: string;
  /** True of the first day observed: what was there already did not change. `packages` is empty then. */
  readonly isFirst: boolean;
  /** Package versions in use at the end of the day. */
  readonly inUse: number;
  /** What was looked at that is valid from this day; newest first. */
  readonly observations: readonly { readonly receipt: string; readonly source: string; readonly revision: string | null }[];
  readonly packages: readonly PackageStep[];
  readonly opened: readonly FindingStep[];
  readonly closed: readonly FindingStep[];
};

const dayMs = 86_400_000;

/** The days on which a component changed, newest first: packages that came, went or moved, findings that opened and closed. The slot must be one that may be seen. */
export async function componentPast(
  reads: Pick<StoreReads, 'evidenceOf' | 'receiptsOf'>,
  estate: Estate,
  component: number,
  until: number | null,
): Promise<readonly ComponentDay[]> {
  const uses = await pastUsesIn(reads, estate, component);
  if (uses.length === 0) return [];
  // All of them are the component's own, which may be seen.
  const exposures = exposuresToAll(estate, seesAll, uses);
  const first = Math.min(...uses.map((use) => use.validFrom));
  const days = [...touchedPackages(estate, uses)].filter(([day]) => until === null || day <= until);
  const byDay = new Map(days);
  for (const { from, until: end } of exposures)
    for (const day of [from, end]) if (day !== null && (until === null || day <= until) && !byDay.has(day)) byDay.set(day, new Set());
  const usesByPackage = Map.groupBy(uses, (use) => estate.packageOf[use.version] ?? 0);
  const observations = await observationsByDay(reads, estate.components[component]?.origin ?? '');
  const inUse = counterOf(uses);
  return [...byDay]
    .sort(([a], [b]) => b - a)
    .map(([day, packages]) => ({
      day: dayText(day),
      isFirst: day === first,
      inUse: inUse(day),
      observations: observations.get(day) ?? [],
      packages: day === first ? [] : stepsOn(estate, usesByPackage, packages, day),
      opened: findingsOf(
        estate,
        exposures.filter((each) => each.from === day),
      ),
      closed: findingsOf(
        estate,
        exposures.filter((each) => each.until === day),
      ),
    }))
    .filter((each) => each.isFirst || each.packages.length + each.opened.length + each.closed.length > 0);
}

function touchedPackages(estate: Estate, uses: readonly UsedStretch[]): ReadonlyMap<number, Set<number>> {
  const touched = new Map<number, Set<number>>();
  for (const { version, validFrom, validUntil } of uses) {
    for (const day of [validFrom, validUntil]) {
      if (day === null) continue;
      const packages = touched.get(day) ?? new Set();
      touched.set(day, packages.add(estate.packageOf[version] ?? 0));
    }
  }
  return touched;
}

function stepsOn(
  estate: Estate,
  usesByPackage: ReadonlyMap<number, readonly UsedStretch[]>,
  packages: ReadonlySet<number>,
  day: number,
): readonly PackageStep[] {
  const on = (wanted: number): ReadonlyMap<number, ReadonlySet<number>> =>
    new Map(
      [...packages].flatMap((slot) => {
        const there = (usesByPackage.get(slot) ?? []).filter((use) => use.validFrom <= wanted && wanted < (use.validUntil ?? Infinity));
        return there.length === 0 ? [] : [[slot, new Set(there.map((use) => use.version))] as const];
      }),
    );
  const changed = packagesChanged(estate, { before: on(day - 1), after: on(day), isSame: false, inPart: false });
  return changed.map(stepOf).sort((a, b) => (a.purl < b.purl ? -1 : 1));
}

function stepOf({ what, ecosystem, name, before, after }: PackageChange & Pick<PackageStep, 'what'>): PackageStep {
  return { what, purl: purlOfPackage(ecosystem, name), name, before, after };
}

function findingsOf(estate: Estate, exposures: readonly GroupExposure[]): readonly FindingStep[] {
  return exposures.flatMap((each) => {
    const [holder, group] = [estate.packages[each.package], estate.groups[each.group]];
    if (holder === undefined || group === undefined) return [];
    return [{ purl: purlOfPackage(holder.ecosystem, holder.name), name: holder.name, ids: group.ids, severity: group.severity.level }];
  });
}

/** How many different package versions were in use at the end of a day. */
function counterOf(uses: readonly UsedStretch[]): (day: number) => number {
  return (day) => new Set(uses.filter((use) => use.validFrom <= day && day < (use.validUntil ?? Infinity)).map((use) => use.version)).size;
}

async function observationsByDay(reads: Pick<StoreReads, 'receiptsOf'>, origin: string): Promise<ReadonlyMap<number, ComponentDay['observations']>> {
  const receipts = (await reads.receiptsOf(origin)).filter((each) => each.outcome !== 'failed').toReversed();
  const byDay = Map.groupBy(receipts, (each) => Math.floor(each.validAt / dayMs));
  return new Map(
    [...byDay].map(([day, rows]) => [day, rows.map(({ publicId, source, revision }) => ({ receipt: publicId, source, revision: revision ?? null }))]),
  );
}
