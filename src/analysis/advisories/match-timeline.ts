import type { PackageJudgement } from './judge-package.ts';

/** A version of a record as we received it: it holds until the next one. */
export type RecordVersion = {
  /** When we received it, Unix milliseconds. */
  readonly at: number;
  readonly withdrawn: boolean;
  readonly judge: (version: string) => PackageJudgement | null;
};

/** One interval of (package version, record), as `known` time. */
export type TimedMatch = PackageJudgement & {
  readonly knownFrom: number;
  readonly knownUntil: number | null;
  readonly endedBy: 'withdrawn' | 'not-affected' | null;
};

/**
 * The intervals in which a record named a package version: a pure function of the record's versions, oldest first, so that it does not
 * hang on when the package version was first seen. Runs of versions that agree on affected or unknown are one interval, told by the last.
 */
export function matchTimeline(versions: readonly RecordVersion[], version: string): readonly TimedMatch[] {
  const intervals: TimedMatch[] = [];
  let open: TimedMatch | null = null;
  for (const each of versions) {
    const found = each.judge(version);
    if (open !== null && found?.kind === open.kind) {
      open = { ...found, knownFrom: open.knownFrom, knownUntil: null, endedBy: null };
      continue;
    }
    if (open !== null) intervals.push({ ...open, knownUntil: each.at, endedBy: each.withdrawn ? 'withdrawn' : 'not-affected' });
    open = found === null ? null : { ...found, knownFrom: each.at, knownUntil: null, endedBy: null };
  }
  return open === null ? intervals : [...intervals, open];
}
