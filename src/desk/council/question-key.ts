import { canonicalJson } from '#language/canonical-json.ts';
import type { CaseFacts } from './facts.ts';

/** One text for the same question; null where two are never the same, since nothing tells so. The version is left out: the next patch is no other question. */
export function questionKey(kind: string, { package: named, version: _, ...rest }: CaseFacts, team: string | null): string | null {
  return named === null ? null : canonicalJson({ kind, named, team, ...rest, countries: [...rest.countries].sort() });
}
