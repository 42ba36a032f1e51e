import type { Delivery, Linking } from '#model/licence.ts';
import type { Council } from './council.ts';
import type { Case } from './cases.ts';
import { licenceKey } from './question-key.ts';

/** A use that a verdict sends to the council. */
export type AskedUse = {
  /** A purl without version. */
  readonly package: string;
  readonly licence: string | null;
  /** First ref; null where no component is named. */
  readonly component: string | null;
  readonly team: string | null;
  readonly delivery: Delivery | null;
  readonly linking: Linking | null;
  readonly modified: boolean | null;
};

/** The open case that asks about a use: what it leaves open does not matter. Null when nobody asks. */
export function openCaseFor({ cases }: Council, use: AskedUse): Case | null {
  for (const each of cases.values()) if (each.kind === 'use' && each.state === 'open' && asksAbout(each, use)) return each;
  return null;
}

function asksAbout({ facts, team }: Case, use: AskedUse): boolean {
  if (facts.package !== use.package) return false;
  if (facts.component !== null ? facts.component !== use.component : team !== null && team !== use.team) return false;
  const isSame = (part: 'delivery' | 'linking' | 'modified'): boolean => facts[part] === null || facts[part] === use[part];
  return (
    (facts.licence === null || licenceKey(facts.licence) === licenceKey(use.licence)) && isSame('delivery') && isSame('linking') && isSame('modified')
  );
}
