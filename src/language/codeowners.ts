import type { OwnerRule } from '#model/reading.ts';

/** Owners of a path by CODEOWNERS rules: the last rule that matches decides; one without owners means none. */
export function ownersOf(path: string, rules: readonly OwnerRule[]): readonly string[] {
  return rules.findLast((rule) => patternOf(rule.pattern).test(path))?.owners ?? [];
}

/** GitHub's pattern language: gitignore without negation. Linear: every `*` is followed by what it may not cross. */
function patternOf(pattern: string): RegExp {
  const anchored = pattern.startsWith('/') || /\/[^/]/.test(pattern.slice(0, -1));
  const body = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  const text = body
    .split(/(\*\*\/|\/\*\*$|\*\*|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:[^/]+/)*';
      if (part === '/**') return '/.*';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`${anchored ? '^' : '(?:^|/)'}${text}(?:/|$)`);
}
