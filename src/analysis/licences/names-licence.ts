import { parseExpression, type LicenceExpression, type LicenceTerm } from '#language/spdx/expression.ts';
import { normalForm } from '#language/spdx/normal-form.ts';

/**
 * Whether an expression names every licence of another, so that a text that was found of it contradicts nothing. A text cannot tell `-only` from
 * `-or-later`, and the text of an exception may lie elsewhere.
 */
export function namesLicence(expression: string, wanted: string): boolean {
  const [whole, part] = [parseExpression(expression), parseExpression(wanted)];
  if (!whole.ok || !part.ok) return expression === wanted;
  const named = termsOf(normalForm(whole.expression));
  return termsOf(normalForm(part.expression)).every((term) =>
    named.some((each) => textOf(each) === textOf(term) && (term.exception === null || term.exception === each.exception)),
  );
}

function termsOf(expression: LicenceExpression): readonly LicenceTerm[] {
  return expression.kind === 'licence' ? [expression] : expression.of.flatMap(termsOf);
}

function textOf({ id }: LicenceTerm): string {
  return id.replace(/-(?:only|or-later)$/, '');
}
