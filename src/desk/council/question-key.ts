import { canonicalJson } from '#language/canonical-json.ts';
import { parseExpression } from '#language/spdx/expression.ts';
import { expressionKey } from '#language/spdx/normal-form.ts';
import type { CaseFacts } from './facts.ts';

/** One text for the same question; null where two are never the same, since nothing tells so. The version is left out: the next patch is no other question. */
export function questionKey(kind: string, facts: CaseFacts, team: string | null): string | null {
  const { package: named, version: _, licence, countries, ...rest } = facts;
  return named === null ? null : canonicalJson({ kind, named, team, licence: licenceKey(licence), ...rest, countries: [...countries].sort() });
}

/** An expression in normal form, so that two that say the same are the same; what is none is kept as it is. */
export function licenceKey(licence: string | null): string | null {
  const read = licence === null ? null : parseExpression(licence);
  return read?.ok === true ? expressionKey(read.expression) : licence;
}
