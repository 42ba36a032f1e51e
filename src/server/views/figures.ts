import type { Estate } from '#estate/estate.ts';
import { isUnread } from '#estate/questions/listed.ts';
import { packagesInUse, resolvedPackage, unusedPackage } from '#estate/questions/packages.ts';
import type { Visibility } from '#model/visibility.ts';
import { dayText } from '#operations/ask-estate.ts';
import { isoOf } from '#operations/finding-view.ts';
import type { Figure } from '../schemas/figure.ts';
import { readWithinWeek } from './read-within-week.ts';

/** When the numbers are of: computed at `now` (Unix milliseconds), of the past UTC day `day` unless that is null. `sourceOf` gives the kind of an origin's source. */
export type FigureTime = { readonly sourceOf: (origin: string) => string; readonly now: number; readonly day: number | null };

/**
 * The headline numbers of the overview: components known, read in seven days, owned, packages with a resolved version. When something was confirmed is
 * kept for now only, so that a past day tells what was observed by then, and has no freshness.
 */
export function figuresOf(estate: Estate, visibility: Visibility, listed: readonly number[], time: FigureTime): Figure[] {
  const base = baseOf(estate, listed, time);
  return [known(base), time.day === null ? read(estate, base, time.now) : observed(base), owned(estate, base), resolved(estate, visibility, base)];
}

/** What all figures rest on. `readCount` counts components of which something was ever read. */
type Base = {
  readonly listed: readonly number[];
  readonly readCount: number;
  readonly freshness: Figure['freshness'];
  readonly sources: Figure['formula']['sources'];
  readonly computedAt: string;
  readonly day: number | null;
};

function baseOf(estate: Estate, listed: readonly number[], { sourceOf, now, day }: FigureTime): Base {
  const times = day === null ? Float64Array.from(listed.flatMap((slot) => estate.components[slot]?.confirmed_at ?? [])).sort() : [];
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
    day,
  };
}

function known(base: Base): Figure {
  const unread = base.listed.length - base.readCount;
  return {
    ...figure(base, 'components', 'Components known', base.listed.length, null, share(base.readCount, base.listed.length)),
    worst:
      unread === 0 ? null : `${String(unread)} ${base.day !== null ? 'not observed by then' : unread === 1 ? 'was never read' : 'were never read'}`,
    formula: formula(base, 'cov.known@1', ['count of components with a lockfile, manifest or SBOM']),
    rowsQuery: '/components',
    missingQuery: unread === 0 ? null : '/components?observed=false',
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

function observed(base: Base): Figure {
  const missing = base.listed.length - base.readCount;
  return {
    ...figure(
      base,
      'observed',
      'Observed by then',
      base.listed.length === 0 ? null : base.readCount,
      base.listed.length,
      share(base.readCount, base.listed.length),
    ),
    worst: missing === 0 ? null : `${String(missing)} not observed by then`,
    formula: formula(base, 'cov.observed@1', ['count of components', 'where something of it is known to be true on that day']),
    rowsQuery: '/components?observed=true',
    missingQuery: '/components?observed=false',
  };
}

function owned(estate: Estate, base: Base): Figure {
  const value = base.listed.filter((slot) => estate.components[slot]?.team != null).length;
  const missing = base.listed.length - value;
  return {
    ...figure(base, 'owned', 'Owned', base.listed.length === 0 ? null : value, base.listed.length, share(value, base.listed.length)),
    worst: missing === 0 ? null : `${String(missing)} ${missing === 1 ? 'has' : 'have'} no owner`,
    formula: formula(base, 'cov.owned@1', [
      'count of components',
      'where CODEOWNERS or catalog-info names an owner',
      ...(base.day === null ? [] : ['today: who owned it then is not kept']),
    ]),
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
  const excluded =
    unread === 0
      ? []
      : [
          {
            label: base.day === null ? 'Components never read' : 'Components not observed by then',
            count: unread,
            rowsQuery: '/components?observed=false',
          },
        ];
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
  const of = base.day === null ? [] : [`at the end of ${dayText(base.day)} UTC, as known now`];
  return { id, text: [...text, ...of], excluded, sources: base.sources, computedAt: base.computedAt };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
