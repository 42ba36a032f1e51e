import type { Delivery } from '#model/licence.ts';
import { deniedPaths, pathAsRegex, type DeniedPaths } from '#reports/verdict-lists/repository-paths.ts';
import { deniedVersions } from './denied-versions.ts';
import type { VerdictsGiven } from './verdicts-for.ts';

/** What repository managers are not to hand out, as paths and as regular expressions, by ecosystem; `left` counts versions that cannot be said so. */
export function deniedPathsFor(
  given: VerdictsGiven,
  delivery: Delivery | null,
): {
  readonly repositories: readonly (DeniedPaths & { readonly regexes: readonly string[] })[];
  readonly left: Readonly<Record<string, number>>;
} {
  const { repositories, left } = deniedPaths(deniedVersions(given, delivery));
  return { repositories: repositories.map((each) => ({ ...each, regexes: each.paths.map(pathAsRegex) })), left };
}
