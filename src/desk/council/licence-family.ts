/** How much a licence asks for, least first; `unknown` stands for none, or one that is not known here. */
export type LicenceFamily = 'permissive' | 'weak-copyleft' | 'strong-copyleft' | 'network-copyleft' | 'source-available' | 'commercial' | 'unknown';

const order: readonly LicenceFamily[] = [
  'permissive',
  'weak-copyleft',
  'strong-copyleft',
  'network-copyleft',
  'source-available',
  'commercial',
  'unknown',
];

// By how SPDX names them (https://spdx.org/licenses/); what fits none is unknown.
const patterns: readonly (readonly [RegExp, LicenceFamily])[] = [
  [/^(AGPL|OSL|EUPL|CPAL|RPL|Parity)-/i, 'network-copyleft'],
  [/^(GPL|CECILL-2|Sleepycat)/i, 'strong-copyleft'],
  [/^(LGPL|MPL|EPL|CDDL|CPL|IPL|APSL|MS-RL|CECILL-C)/i, 'weak-copyleft'],
  [/^(SSPL|BUSL|Elastic|PolyForm|CC-BY-NC)/i, 'source-available'],
  [/^LicenseRef-.*(commercial|proprietary)/i, 'commercial'],
  [
    /^(MIT|Apache|BSD|0BSD|ISC|Zlib|Unlicense|CC0|BSL-1|Python|PSF|PostgreSQL|BlueOak|X11|curl|libpng|WTFPL|MS-PL|UPL|NCSA|Unicode|OpenSSL)/i,
    'permissive',
  ],
];

/**
 * The family of the strictest licence in an expression, whatever operators join them: who weighs a choice in OR is the council. It serves to route a case and
 * to compare it with others; what may be used is said by the policy.
 */
export function licenceFamily(expression: string | null): LicenceFamily {
  if (expression === null) return 'unknown';
  let worst = -1;
  let isException = false;
  for (const word of expression.split(/[\s()]+/)) {
    if (word === '' || /^(AND|OR)$/i.test(word)) continue;
    if (/^WITH$/i.test(word)) isException = true;
    else if (isException) isException = false;
    else worst = Math.max(worst, order.indexOf(patterns.find(([pattern]) => pattern.test(word))?.[1] ?? 'unknown'));
  }
  return order[worst] ?? 'unknown';
}
