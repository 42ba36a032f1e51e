import { isDigits, numeralOf, signOf, signOfTexts } from './numeral.ts';
import { orderSemver, type Semver } from './semver.ts';

/** -1, 0 or 1 by semver's precedence, then by build metadata, as Dart and Julia order it: none first, numbers by value and before words. */
export function orderWithBuild(a: Semver, b: Semver): -1 | 0 | 1 {
  const sign = orderSemver(a, b);
  if (sign !== 0 || a.build === b.build) return sign;
  if (a.build === '' || b.build === '') return a.build === '' ? -1 : 1;
  const left = a.build.split('.');
  const right = b.build.split('.');
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const partSign = orderParts(left[at] ?? '', right[at] ?? '');
    if (partSign !== 0) return partSign;
  }
  return signOf(left.length, right.length);
}

function orderParts(a: string, b: string): -1 | 0 | 1 {
  const isNumber = isDigits(a);
  if (isNumber !== isDigits(b)) return isNumber ? -1 : 1;
  return isNumber ? signOf(numeralOf(a), numeralOf(b)) : signOfTexts(a, b);
}
