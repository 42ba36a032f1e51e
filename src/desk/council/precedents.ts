import type { CaseFacts } from './facts.ts';
import type { Case, CaseDecision } from './cases.ts';
import { licenceFamily } from './licence-family.ts';

/** One thing that two cases have in common, and what it weighs. */
export type MatchedFact = { readonly fact: string; readonly value: string; readonly weight: number };

/** A decision about something alike. It binds nobody. */
export type Precedent = { readonly case: Case; readonly decision: CaseDecision; readonly score: number; readonly matched: readonly MatchedFact[] };

// What is compared and how much it says, as shares of a hundred of what both could have in common.
const terms: readonly (readonly [fact: string, weight: number, valueOf: (facts: CaseFacts) => string | null])[] = [
  ['licence family', 30, ({ licence }) => (licence === null ? null : knownFamily(licence))],
  ['licence', 15, ({ licence }) => licence],
  ['delivery', 20, ({ delivery }) => delivery],
  ['linking', 10, ({ linking }) => linking],
  ['modified', 10, ({ modified }) => (modified === null ? null : modified ? 'modified' : 'not modified')],
  ['package', 15, (facts) => facts.package],
  ['time', 10, ({ time }) => time],
  ['countries', 10, ({ countries }) => (countries.length === 0 ? null : [...countries].sort().join(', '))],
];

const leastScore = 0.25;

/**
 * Decided cases of the same kind, by likeness: the weights of what both share over the weights of everything this case knows. Those of less than a quarter are left
 * out, and so is what is not known: it is never taken for alike.
 */
export function precedentsOf(of: Case, others: Iterable<Case>, limit = 5): readonly Precedent[] {
  const known = terms.filter(([, , valueOf]) => valueOf(of.facts) !== null);
  const most = known.reduce((sum, [, weight]) => sum + weight, 0);
  if (most === 0) return [];
  const found: Precedent[] = [];
  for (const other of others) {
    const decision = other.decisions.at(-1);
    if (other.id === of.id || other.kind !== of.kind || decision === undefined) continue;
    const matched = known.flatMap(([fact, weight, valueOf]): readonly MatchedFact[] => {
      const value = valueOf(of.facts);
      return value !== null && value === valueOf(decision.facts) ? [{ fact, value, weight }] : [];
    });
    const score = matched.reduce((sum, each) => sum + each.weight, 0) / most;
    if (score >= leastScore) found.push({ case: other, decision, score, matched });
  }
  return found.sort((a, b) => b.score - a.score || b.decision.at - a.decision.at || (a.case.id < b.case.id ? -1 : 1)).slice(0, limit);
}

function knownFamily(licence: string): string | null {
  const family = licenceFamily(licence);
  return family === 'unknown' ? null : family;
}
