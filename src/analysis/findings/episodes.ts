import { utcDay } from '../fold/observation.ts';

/** One stretch of one package version in one inventory, as the fold gives it. `knownUntil` null means it is there now. */
export type Stretch = {
  readonly version: number;
  readonly validFrom: number;
  /** UTC day; null means still. */
  readonly validUntil: number | null;
  readonly knownFrom: number;
  readonly knownUntil: number | null;
  /** It was never true: no exposure. */
  readonly retracted: boolean;
  /** It ended since its component was retired: no fix. */
  readonly retired?: true;
};

/** One interval in which a record of the group named a package version. */
export type MatchInterval = {
  readonly version: number;
  readonly knownFrom: number;
  readonly knownUntil: number | null;
  /** The record was withdrawn, so the end is no fix of its range. */
  readonly endedBy: 'withdrawn' | 'not-affected' | null;
  /** When the record was published, Unix milliseconds; null when it does not say: then exposure counts from the occurrence. */
  readonly published: number | null;
};

export type ComputedEpisode = {
  readonly number: number;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly closedBecause: 'fixed' | 'withdrawn' | 'retracted' | 'not-affected' | 'retired' | null;
  /** UTC days, half open; null `exposedUntil` means still. Both 0 when it was never true. */
  readonly exposedFrom: number;
  readonly exposedUntil: number | null;
};

type Interval = { readonly from: number; readonly until: number };
type Cause = 'fixed' | 'retracted' | 'retired' | 'withdrawn' | 'not-affected';
type Open = Interval & { readonly cause: Cause };

/**
 * The episodes of one finding: one package in one component against one group (model.md 7 and 11). A gap in the inventory begins
 * a new episode with a new clock; a gap made by data (a record withdrawn and restored, a range corrected) does not.
 */
export function episodesOf(stretches: readonly Stretch[], matches: readonly MatchInterval[]): readonly ComputedEpisode[] {
  const byVersion = Map.groupBy(matches, (match) => match.version);
  const touched = stretches.filter((each) => byVersion.has(each.version) && (each.knownUntil === null || each.knownUntil > each.knownFrom));
  const episodes: ComputedEpisode[] = [];
  for (const group of joined(touched)) {
    const open = group.flatMap((stretch) => (byVersion.get(stretch.version) ?? []).flatMap((match) => overlap(stretch, match)));
    if (open.length === 0) continue;
    const last = open.reduce((a, b) => (b.until > a.until ? b : a));
    const standing = last.until === Infinity;
    episodes.push({
      number: episodes.length + 1,
      openedAt: Math.min(...open.map((each) => each.from)),
      closedAt: standing ? null : last.until,
      closedBecause: standing ? null : last.cause,
      ...exposureOf(group, matches),
    });
  }
  return episodes;
}

/** Stretches in groups that touch or overlap in known time, in order. */
function joined(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const groups: Stretch[][] = [];
  let until = -Infinity;
  for (const each of [...stretches].sort((a, b) => a.knownFrom - b.knownFrom)) {
    const end = each.knownUntil ?? Infinity;
    if (each.knownFrom > until) groups.push([each]);
    else groups.at(-1)?.push(each);
    until = Math.max(until, end);
  }
  return groups;
}

function overlap(stretch: Stretch, match: MatchInterval): readonly Open[] {
  const from = Math.max(stretch.knownFrom, match.knownFrom);
  const [stretchEnd, matchEnd] = [stretch.knownUntil ?? Infinity, match.knownUntil ?? Infinity];
  const until = Math.min(stretchEnd, matchEnd);
  if (until <= from) return [];
  const cause: Cause =
    stretchEnd <= matchEnd ? (stretch.retracted ? 'retracted' : stretch.retired === true ? 'retired' : 'fixed') : (match.endedBy ?? 'not-affected');
  return [{ from, until, cause }];
}

function exposureOf(
  group: readonly Stretch[],
  matches: readonly MatchInterval[],
): { readonly exposedFrom: number; readonly exposedUntil: number | null } {
  let from = Infinity;
  let until = -Infinity;
  for (const stretch of group) {
    if (stretch.retracted) continue;
    for (const match of matches) {
      if (match.version !== stretch.version) continue;
      from = Math.min(from, Math.max(stretch.validFrom, match.published === null ? 0 : utcDay(match.published)));
      until = Math.max(until, stretch.validUntil ?? Infinity);
    }
  }
  if (from === Infinity) return { exposedFrom: 0, exposedUntil: 0 };
  return { exposedFrom: from, exposedUntil: until === Infinity ? null : until };
}
