import type { GitPast } from '#sources/git/history.ts';

const dayMs = 86_400_000;

/**
 * The commits among `changed` that a past is told by: the last one of each UTC day, since what held within a day is in no answer, and those
 * before and after which other files are there, so that a file that moved is recognised by its bytes.
 */
export function oneADay({ commits, changed, reshaped }: Pick<GitPast, 'commits' | 'changed' | 'reshaped'>): readonly number[] {
  const dayOf = (commit: number) => Math.floor((commits[commit]?.committedAt ?? 0) / dayMs);
  return changed.filter((commit, at) => {
    const next = changed[at + 1];
    return next === undefined || dayOf(next) !== dayOf(commit) || reshaped.has(commit) || reshaped.has(next);
  });
}
