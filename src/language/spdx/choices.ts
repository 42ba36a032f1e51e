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

/** True when one expression is what is left of another once branches of its ORs are chosen. False, too, where there are more choices than anybody reads. */
export function isChoiceOf(whole: LicenceExpression, chosen: LicenceExpression): boolean {
  const [all, left] = [choicesOf(whole), choicesOf(chosen)];
  if (all === null || left === null || left.length >= all.length) return false;
  const keys = new Set(all.map(keyOf));
  return left.every((each) => keys.has(keyOf(each)));
}

function keyOf(terms: readonly LicenceTerm[]): string {
  return terms.map(termKey).sort().join(' ');
}
