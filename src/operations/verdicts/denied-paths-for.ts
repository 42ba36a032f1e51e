import { visibilityKey } from '#model/visibility.ts';
import type { Delivery } from '#model/licence.ts';
import { deniedPaths, pathAsRegex, type DeniedPaths } from '#reports/verdict-lists/repository-paths.ts';
import type { LicenceJudge } from '../licences/licence-judge.ts';
import { deniedVersions } from './denied-versions.ts';
import type { VerdictsGiven } from './verdicts-for.ts';

/** What repository managers are not to hand out, as paths and as regular expressions, by ecosystem; `left` counts versions that cannot be said so. */
export type DeniedLists = {
  readonly repositories: readonly (DeniedPaths & { readonly regexes: readonly string[] })[];
  readonly left: Readonly<Record<string, number>>;
};

const kept = new WeakMap<LicenceJudge, Map<string, DeniedLists>>();
const keptLists = 8;

/** The lists for one delivery or any, kept as long as their judge is: repository managers pull them every few minutes. */
export function deniedPathsFor(given: VerdictsGiven, delivery: Delivery | null): DeniedLists {
  let lists = kept.get(given.judge);
  if (lists === undefined) kept.set(given.judge, (lists = new Map<string, DeniedLists>()));
  const key = `${delivery ?? ''} ${visibilityKey(given.visibility)}`;
  const known = lists.get(key);
  if (known !== undefined) return known;
  const { repositories, left } = deniedPaths(deniedVersions(given, delivery));
  const made = { repositories: repositories.map((each) => ({ ...each, regexes: each.paths.map(pathAsRegex) })), left };
  lists.set(key, made);
  const [oldest] = lists.keys();
  if (lists.size > keptLists && oldest !== undefined) lists.delete(oldest);
  return made;
}
