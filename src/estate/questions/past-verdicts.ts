import type { Visibility } from '#model/visibility.ts';
import type { Estate } from '../estate.ts';
import { exposuresOf, publishedDay, type Exposure, type UsedStretch } from './exposures.ts';

/** An exposure with the advisory group it is to. */
export type GroupExposure = Exposure & { readonly group: number };

/** The certain exposures that stretches amount to, of every advisory group that hits one of their versions; in no order. */
export function exposuresToAll(estate: Estate, visibility: Visibility, stretches: readonly UsedStretch[]): readonly GroupExposure[] {
  const byGroup = new Map<number, Set<number>>();
  for (const { version } of stretches) {
    for (const match of estate.matches.get(version) ?? []) {
      if (match.kind !== 'affected') continue;
      const packages = byGroup.get(match.group) ?? new Set();
      byGroup.set(match.group, packages.add(estate.packageOf[version] ?? -1));
    }
  }
  const byPackage = Map.groupBy(stretches, ({ version }) => estate.packageOf[version] ?? -1);
  return [...byGroup].flatMap(([group, packages]) => {
    const named = [...packages].flatMap((each) => byPackage.get(each) ?? []);
    const exposures = exposuresOf(estate, visibility, group, named);
    return exposures.flatMap((each) => (each.certainty === 'affected' ? [{ ...each, group }] : []));
  });
}

/** How many components used a package on a day, by the verdict over all advisories published by then. */
export type VerdictsOn = { readonly affected: number; readonly clear: number; readonly unknown: number };

/** The verdicts on each of these UTC days, which must rise. `isCovered` false: no source tells of the ecosystem, so that nothing said means nothing. */
export function verdictsOn(estate: Estate, uses: readonly UsedStretch[], days: readonly number[], isCovered: boolean): readonly VerdictsOn[] {
  const affected = new Uint32Array(days.length);
  const unknown = new Uint32Array(days.length);
  const all = new Uint32Array(days.length);
  const verdicts = new Uint8Array(days.length);
  const clocks = new Map<number, Clock>();
  for (const ofComponent of Map.groupBy(uses, (use) => use.component).values()) {
    verdicts.fill(0);
    for (const use of ofComponent) {
      const clock = clocks.get(use.version) ?? clockOf(estate, use.version, isCovered);
      clocks.set(use.version, clock);
      for (let at = firstAtLeast(days, use.validFrom); at < days.length; at += 1) {
        const day = days[at] ?? 0;
        if (use.validUntil !== null && day >= use.validUntil) break;
        verdicts[at] = Math.max(verdicts[at] ?? 0, day >= clock.affectedFrom ? 3 : day >= clock.unknownFrom ? 2 : 1);
      }
    }
    verdicts.forEach((verdict, at) => {
      if (verdict > 0) all[at] = (all[at] ?? 0) + 1;
      if (verdict === 3) affected[at] = (affected[at] ?? 0) + 1;
      if (verdict === 2) unknown[at] = (unknown[at] ?? 0) + 1;
    });
  }
  return days.map((_, at) => {
    const [hit = 0, open = 0] = [affected[at], unknown[at]];
    return { affected: hit, clear: (all[at] ?? 0) - hit - open, unknown: open };
  });
}

/** UTC days from which a version counts as affected and as unknown; Infinity: never. */
type Clock = { readonly affectedFrom: number; readonly unknownFrom: number };

function clockOf(estate: Estate, version: number, isCovered: boolean): Clock {
  let affectedFrom = Infinity;
  let unknownFrom = isCovered ? Infinity : 0;
  for (const match of estate.matches.get(version) ?? []) {
    const published = publishedDay(estate, match.group);
    if (match.kind === 'affected') affectedFrom = Math.min(affectedFrom, published);
    else unknownFrom = Math.min(unknownFrom, published);
  }
  return { affectedFrom, unknownFrom };
}

function firstAtLeast(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
