import type { OwnerRule } from '../model/reading.ts';

/**
 * Owners of a path (inside the repository, no leading slash) by the last rule that matches it, as GitHub reads CODEOWNERS; empty when none
 * does or the rule names nobody. Sections of GitLab count in the order of the file.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function ownersOf(path: string, rules: readonly OwnerRule[]): readonly string[] {
  const segments = path.split('/');
  return rules.findLast((rule) => matches(segmentsOf(rule.pattern), segments, '**', matchesSegment))?.owners ?? [];
}

/** The pattern as segments of a whole path, where `**` stands for any number of them. */
function segmentsOf(pattern: string): readonly string[] {
  const segments = pattern.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1);
  if (last === undefined) return ['/']; // no file is named so
  const isAnchored = pattern.startsWith('/') || segments.length > 1;
  return [...(isAnchored ? [] : ['**']), ...segments, ...below(pattern, last)];
}

/** What may follow: a directory's pattern covers all in it, `docs/*` only what lies directly there. */
function below(pattern: string, last: string): readonly string[] {
  if (pattern.endsWith('/')) return ['**', '*'];
  if (last === '**') return ['*'];
  return last === '*' ? [] : ['**'];
}

function matchesSegment(pattern: string, segment: string): boolean {
  return matches(Array.from(pattern), Array.from(segment), '*', (wanted, letter) => wanted === '?' || wanted === letter);
}

/** Wildcard matching without recursion or regular expressions: patterns come from outside, and this takes at most pattern × items steps. */
function matches(pattern: readonly string[], items: readonly string[], star: string, fits: (wanted: string, item: string) => boolean): boolean {
  let at = 0;
  let starAt = -1;
  let resumeAt = 0;
  let next = 0;
  while (next < items.length) {
    const wanted = pattern[at];
    if (wanted === star) {
      starAt = at;
      resumeAt = next;
      at += 1;
    } else if (wanted !== undefined && fits(wanted, items[next] ?? '')) {
      at += 1;
      next += 1;
    } else if (starAt !== -1) {
      resumeAt += 1; // let the last star take one item more
      next = resumeAt;
      at = starAt + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === star) at += 1;
  return at === pattern.length;
}
