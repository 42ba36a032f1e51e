import { behindOf } from '#analysis/registry/libyears.ts';
import type { Estate } from '#estate/estate.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { directOf } from '#language/packed/flags.ts';
import type { Visibility } from '#model/visibility.ts';
import { judgedComponents } from '../rules/judged-components.ts';
import { releasesOf } from './releases-of.ts';

/** How the sum is made, for people. */
export const libyearFormula =
  'Σ over package versions in use of max(0, release of the latest stable version − release of the version in use) ÷ 365.25 days; a version counts once a component; versions without both dates are not in it and make the coverage.';

/** How far a component, or all of a team, is behind. */
export type Libyears = {
  /** Slot of the component; null where it is about a team. */
  readonly component: number | null;
  readonly team: string | null;
  readonly libyears: number;
  /** First numbers by which versions are behind, added up. */
  readonly majors: number;
  /** Package versions of which both dates are known, and all. */
  readonly known: number;
  readonly total: number;
  /** The one furthest behind; null where none is known. */
  readonly worst: { readonly package: number; readonly version: string; readonly latest: string; readonly libyears: number } | null;
};

type Growing = { -readonly [Key in keyof Libyears]: Libyears[Key] };

/** Libyears of every component that may be seen, or of every team; `direct` counts only what a component names itself. Most behind first. */
export function libyearsBy(
  estate: Estate,
  visibility: Visibility,
  { by, direct }: { readonly by: 'component' | 'team'; readonly direct: boolean },
): readonly Libyears[] {
  const rows = new Map<number | string | null, Growing>();
  const isSeen = new Uint8Array(estate.components.length);
  for (const slot of judgedComponents(estate, visibility)) {
    isSeen[slot] = 1;
    const team = estate.components[slot]?.team ?? null;
    const key = by === 'component' ? slot : team;
    if (!rows.has(key)) rows.set(key, { component: by === 'component' ? slot : null, team, libyears: 0, majors: 0, known: 0, total: 0, worst: null });
  }
  for (let packageSlot = 0; packageSlot < estate.packages.length; packageSlot += 1) {
    if (estate.packages[packageSlot]?.ecosystem === '') continue;
    const releases = releasesOf(estate, packageSlot);
    for (const slot of versionsOf(estate, packageSlot)) {
      const version = estate.versions[slot]?.version ?? '';
      const facts = version === '' ? null : releases(version);
      const behind = behindOf(version, facts);
      for (const component of usersOf(estate, slot, isSeen, direct)) {
        const row = rows.get(by === 'component' ? component : (estate.components[component]?.team ?? null));
        if (row === undefined) continue;
        row.total += 1;
        if (behind === null) continue;
        row.known += 1;
        row.libyears += behind.libyears;
        row.majors += behind.majors ?? 0;
        if (behind.libyears > (row.worst?.libyears ?? 0))
          row.worst = { package: packageSlot, version, latest: facts?.latest?.version ?? '', libyears: behind.libyears };
      }
    }
  }
  return [...rows.values()].sort((a, b) => b.libyears - a.libyears || (a.component ?? 0) - (b.component ?? 0));
}

/** Components that use a version slot, each once. */
function usersOf({ postings, componentOf }: Estate, version: number, isSeen: Uint8Array, direct: boolean): ReadonlySet<number> {
  const [evidence, flags] = [postings.evidence(), postings.flags()];
  const from = postings.startOf(version);
  const found = new Set<number>();
  for (let at = from; at < from + postings.lengthOf(version); at += 1) {
    const component = componentOf[evidence[at] ?? 0] ?? 0;
    if (isSeen[component] === 1 && (!direct || directOf(flags[at] ?? 0) === true)) found.add(component);
  }
  return found;
}
