import type { Visibility } from '#model/visibility.ts';
import type { Estate } from '../estate.ts';
import { isVisible } from './visible.ts';
import { verdictOf, type Verdict } from './verdicts.ts';

/** One stretch in which a version of a package stood in one evidence of a component, in slots, UTC days and Unix milliseconds. */
export type UsedStretch = {
  readonly component: number;
  readonly version: number;
  readonly validFrom: number;
  /** Half open; null means still. */
  readonly validUntil: number | null;
  /** Since when both the use and an advisory that hits it have been known here. */
  readonly knownFrom: number;
  /** It ended after both had been known here: on the day of publication that is no day of exposure, and was one for whoever had to hurry. */
  readonly endedKnown?: true;
};

/** A stretch of days in which a component was exposed to an advisory group through one package, over all its evidences. */
export type Exposure = {
  readonly component: number;
  readonly package: number;
  /** `unknown`: it may have been, since no resolved version is known. */
  readonly certainty: Exclude<Verdict, 'not-affected'>;
  /** Version slots it was exposed by, in the order in which they came. */
  readonly versions: readonly number[];
  /** UTC day since when such a version was in use, which may be long before anybody knew of the vulnerability. */
  readonly usedFrom: number;
  /** UTC days, half open, from the day of publication at the earliest; the same day twice where it was ended on the day of publication. Null `until` means still. */
  readonly from: number;
  readonly until: number | null;
  /** Unix milliseconds since when both the use and the advisory have been known here. */
  readonly knownFrom: number;
  /** Version slots of the package in use there on the day it ended; none: the package is gone. Null while it goes on. */
  readonly after: readonly number[] | null;
};

/**
 * When which component was exposed to an advisory group: the days in which a version that it hits, or may hit, was in use, not before the group was
 * published. `stretches` are those of every version of the packages it names, so that what came afterwards is told too. In no order.
 */
export function exposuresOf(estate: Estate, visibility: Visibility, group: number, stretches: readonly UsedStretch[]): readonly Exposure[] {
  const published = publishedDay(estate, group);
  const visible = stretches.filter(({ component }) => {
    const holder = estate.components[component];
    return holder !== undefined && isVisible(holder, visibility);
  });
  const exposures: Exposure[] = [];
  for (const uses of Map.groupBy(visible, (each) => placeOf(estate, each)).values()) {
    const byVerdict = Map.groupBy(uses, (each) => verdictOf(estate, each.version, group));
    const sure = joined(byVerdict.get('affected') ?? []);
    // Where it is certain, a second file that does not say adds nothing.
    const perhaps = joined(byVerdict.get('unknown') ?? []).filter((each) => !sure.some((other) => covers(other, each)));
    const told = (certainty: Exposure['certainty'], runs: readonly Run[]) =>
      runs.flatMap((run): readonly Exposure[] => {
        const from = Math.max(run.from, published);
        if (run.until < from || (run.until === from && !run.stretches.some((each) => each.endedKnown === true && each.validUntil === from)))
          return [];
        return [exposureOf(estate, { certainty, from }, run, uses)];
      });
    exposures.push(...told('affected', sure), ...told('unknown', perhaps));
  }
  return exposures;
}

/** Stretches that touch or overlap, from the first day to the last; `until` may be Infinity. */
type Run = { readonly from: number; readonly until: number; readonly stretches: readonly UsedStretch[] };

function placeOf(estate: Estate, { component, version }: UsedStretch): string {
  return `${String(component)} ${String(estate.packageOf[version] ?? -1)}`;
}

function joined(stretches: readonly UsedStretch[]): readonly Run[] {
  const runs: { from: number; until: number; stretches: UsedStretch[] }[] = [];
  for (const each of [...stretches].sort((a, b) => a.validFrom - b.validFrom)) {
    const until = each.validUntil ?? Infinity;
    const last = runs.at(-1);
    if (last === undefined || each.validFrom > last.until) runs.push({ from: each.validFrom, until, stretches: [each] });
    else {
      last.until = Math.max(last.until, until);
      last.stretches.push(each);
    }
  }
  return runs;
}

function covers(outer: Run, inner: Run): boolean {
  return outer.from <= inner.from && inner.until <= outer.until;
}

type Told = Pick<Exposure, 'certainty' | 'from'>;

function exposureOf(estate: Estate, { certainty, from }: Told, run: Run, uses: readonly UsedStretch[]): Exposure {
  const counted = run.stretches.filter((each) => (each.validUntil ?? Infinity) > from || (run.until === from && each.validUntil === from));
  const [first] = run.stretches;
  return {
    component: first?.component ?? -1,
    package: estate.packageOf[first?.version ?? -1] ?? -1,
    certainty,
    versions: [...new Set(counted.map((each) => each.version))],
    usedFrom: run.from,
    from,
    until: run.until === Infinity ? null : run.until,
    knownFrom: Math.min(...counted.map((each) => each.knownFrom)),
    after: run.until === Infinity ? null : [...new Set(uses.filter((each) => isInUse(each, run.until)).map((each) => each.version))],
  };
}

function isInUse({ validFrom, validUntil }: UsedStretch, day: number): boolean {
  return validFrom <= day && day < (validUntil ?? Infinity);
}

const dayMs = 86_400_000;

/** UTC day on which a group was published; 0 when no record says: then exposure counts from the use. */
export function publishedDay(estate: Estate, group: number): number {
  const at = Date.parse(estate.groups[group]?.published ?? '');
  return Number.isNaN(at) ? 0 : Math.max(0, Math.floor(at / dayMs));
}
