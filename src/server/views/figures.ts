import type { Estate } from '#estate/estate.ts';
import { isUnread } from '#estate/questions/listed.ts';
import { packagesInUse, resolvedPackage, unusedPackage } from '#estate/questions/packages.ts';
import type { Visibility } from '#model/visibility.ts';
import { isoOf } from '#operations/finding-view.ts';
import type { Figure } from '../schemas/figure.ts';
import { readWithinWeek } from './read-within-week.ts';

/** The headline numbers of the overview: components known, read in seven days, owned, packages with a resolved version. */
export function figuresOf(
  estate: Estate,
  visibility: Visibility,
  listed: readonly number[],
  sourceOf: (origin: string) => string,
  now: number,
): Figure[] {
  const base = baseOf(estate, listed, sourceOf, now);
  return [known(base), read(estate, base, now), owned(estate, base), resolved(estate, visibility, base)];
}

/** What all figures rest on. `readCount` counts components of which something was ever read. */
type Base = {
  readonly listed: readonly number[];
  readonly readCount: number;
  readonly freshness: Figure['freshness'];
  readonly sources: Figure['formula']['sources'];
  readonly computedAt: string;
};

function baseOf(estate: Estate, listed: readonly number[], sourceOf: (origin: string) => string, now: number): Base {
  const times = Float64Array.from(listed.flatMap((slot) => estate.components[slot]?.confirmed_at ?? [])).sort();
  const oldest = new Map<string, number>();
  for (const slot of listed) {
    const component = estate.components[slot];
    if (component?.confirmed_at == null) continue;
    const source = sourceOf(component.origin);
    oldest.set(source, Math.min(oldest.get(source) ?? Infinity, component.confirmed_at));
  }
  return {
    listed,
    readCount: listed.filter((slot) => !isUnread(estate, slot)).length,
    freshness: { oldest: isoOf(times[0] ?? null), median: isoOf(times[times.length >> 1] ?? null) },
    sources: [...oldest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([source, at]) => ({ source, readAt: isoOf(at) })),
    computedAt: new Date(now).toISOString(),
  };
}

function known(base: Base): Figure {
  const unread = base.listed.length - base.readCount;
  return {
    ...figure(base, 'components', 'Components known', base.listed.length, null, share(base.readCount, base.listed.length)),
    worst: unread === 0 ? null : `${String(unread)} ${unread === 1 ? 'was' : 'were'} never read`,
    formula: formula(base, 'cov.known@1', ['count of components with a lockfile, manifest or SBOM']),
    rowsQuery: '/components',
    missingQuery: null,
  };
}

function read(estate: Estate, base: Base, now: number): Figure {
  const value = readWithinWeek(estate, base.listed, now);
  const missing = base.listed.length - value;
  return {
    ...figure(base, 'read', 'Read in seven days', base.listed.length === 0 ? null : value, base.listed.length, share(value, base.listed.length)),
    worst: missing === 0 ? null : `${String(missing)} not read for a week`,
    formula: formula(base, 'cov.read@1', ['count of components', 'where read or confirmed at >= now - 7 days']),
    rowsQuery: '/components?read=week',
    missingQuery: '/components?read=older',
  };
}

function owned(estate: Estate, base: Base): Figure {
  const value = base.listed.filter((slot) => estate.components[slot]?.team != null).length;
  const missing = base.listed.length - value;
  return {
    ...figure(base, 'owned', 'Owned', base.listed.length === 0 ? null : value, base.listed.length, share(value, base.listed.length)),
    worst: missing === 0 ? null : `${String(missing)} ${missing === 1 ? 'has' : 'have'} no owner`,
    formula: formula(base, 'cov.owned@1', ['count of components', 'where CODEOWNERS or catalog-info names an owner']),
    rowsQuery: '/components?owner=some',
    missingQuery: '/components?owner=none',
  };
}

function resolved(estate: Estate, visibility: Visibility, base: Base): Figure {
  let value = 0;
  let all = 0;
  for (const use of packagesInUse(estate, visibility)) {
    if (use === resolvedPackage) value += 1;
    if (use !== unusedPackage) all += 1;
  }
  const unread = base.listed.length - base.readCount;
  const excluded = unread === 0 ? [] : [{ label: 'Components never read', count: unread, rowsQuery: null }];
  return {
    // Packages of components that were never read are not known, so the share read bounds what this can say.
    ...figure(
      base,
      'resolved',
      'Packages with a resolved version',
      base.readCount === 0 ? null : value,
      all,
      share(base.readCount, base.listed.length),
    ),
    worst: all === value ? null : `${String(all - value)} in use without a known version`,
    formula: formula(base, 'cov.resolved@1', ['count of packages in use', 'where every use has a resolved version'], excluded),
    rowsQuery: '/packages?resolved=true',
    missingQuery: '/packages?resolved=false',
  };
}

function figure(base: Base, id: string, label: string, value: number | null, of: number | null, coverage: number | null) {
  return { id, label, value, base: of, coverage, freshness: base.freshness };
}

function formula(base: Base, id: string, text: string[], excluded: Figure['formula']['excluded'] = []): Figure['formula'] {
  return { id, text, excluded, sources: base.sources, computedAt: base.computedAt };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
