import { termsOf, type LicenceExpression, type LicenceTerm } from './expression.ts';
import { termKey } from './normal-form.ts';

const most = 200;

/**
 * What one can rely on: each choice of an expression's ORs, as the licences that then count together. Null when there are more than anybody reads:
 * such an expression is judged as it is, and shown whole.
 */
export function choicesOf(expression: LicenceExpression): readonly (readonly LicenceTerm[])[] | null {
  const sets = setsOf(expression);
  return sets === null ? null : sets.map((terms) => [...new Map(terms.map((term) => [termKey(term), term])).values()]);
}

function setsOf(expression: LicenceExpression): readonly (readonly LicenceTerm[])[] | null {
  if (expression.kind === 'licence') return [termsOf(expression)];
  let sets: readonly (readonly LicenceTerm[])[] = expression.kind === 'or' ? [] : [[]];
  for (const member of expression.of) {
    const more = setsOf(member);
    if (more === null) return null;
    sets = expression.kind === 'or' ? [...sets, ...more] : sets.flatMap((set) => more.map((each) => [...set, ...each]));
    if (sets.length > most) return null;
  }
  return sets;
}
