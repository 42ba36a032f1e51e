import { parseExpression, printTerm, termsOf, type LicenceTerm } from '#language/spdx/expression.ts';
import { builtInCategories } from '../ip-policy/categories.ts';

/** Families by how much they ask for, least first; those between are categories that the IP policy begins with. */
export const familyOrder = [
  'public-domain',
  'permissive',
  'permissive-advertising',
  'content',
  'content-copyleft',
  'file-copyleft',
  'library-copyleft',
  'strong-copyleft',
  'network-copyleft',
  'source-available',
  'commercial',
  'unlicensed',
  'unknown',
] as const;
export type LicenceFamily = (typeof familyOrder)[number];

const families = new Map(builtInCategories.flatMap(({ id, licences }) => licences.map((licence) => [licence, id] as const)));
const commercial = /^LicenseRef-.*(?:commercial|proprietary)/i;

/**
 * The family of the strictest licence in an expression, whatever operators join them: which one is relied on in an OR is for the council. It routes a case and
 * compares it with others; what may be used is said by the policy. What does not parse is unknown.
 */
export function licenceFamily(expression: string | null): LicenceFamily {
  const ranks = [...licenceFamilies(expression)].map((family) => familyOrder.indexOf(family));
  return familyOrder[Math.max(...ranks)] ?? 'unknown';
}

/** The families of every licence in an expression; unknown alone where it does not parse. */
export function licenceFamilies(expression: string | null): ReadonlySet<LicenceFamily> {
  const read = expression === null ? null : parseExpression(expression);
  return new Set<LicenceFamily>(read?.ok === true ? termsOf(read.expression).map(familyOfTerm) : ['unknown']);
}

function familyOfTerm(term: LicenceTerm): LicenceFamily {
  const bare = printTerm({ ...term, exception: null });
  if (commercial.test(bare)) return 'commercial';
  const family = families.get(printTerm(term)) ?? families.get(bare);
  return familyOrder.find((each) => each === family) ?? 'unknown';
}
