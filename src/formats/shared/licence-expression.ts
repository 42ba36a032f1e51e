import { isSpdxLicenceId } from '#language/spdx/licence-ids.ts';

/**
 * True when the text has the grammar of an SPDX licence expression; whether its ids are on the SPDX list is not asked.
 * https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function isLicenceExpression(text: string): boolean {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let depth = 0;
  let wants: 'licence' | 'exception' | 'operator' = 'licence';
  for (const token of tokens) {
    if (token === '(') {
      if (wants !== 'licence') return false;
      depth += 1;
    } else if (token === ')') {
      if (wants !== 'operator' || depth === 0) return false;
      depth -= 1;
    } else if (/^(?:AND|OR|WITH)$/i.test(token)) {
      if (wants !== 'operator') return false;
      wants = /^WITH$/i.test(token) ? 'exception' : 'licence';
    } else {
      if (wants === 'operator' || !/^(?:DocumentRef-[\w.-]+:)?[\w.-]+\+?$/.test(token)) return false;
      wants = 'operator';
    }
  }
  return wants === 'operator' && depth === 0;
}

/** The first id in a licence expression that is on no list: neither SPDX's nor, as `LicenseRef-…`, the document's own. Null when all are. */
export function unknownLicenceId(expression: string): string | null {
  let isException = false;
  for (const token of expression.match(/[^\s()]+/g) ?? []) {
    const isOperator = /^(?:AND|OR|WITH)$/i.test(token);
    const isKnown = isOperator || isException || /^(?:DocumentRef-|LicenseRef-)/.test(token) || isSpdxLicenceId(token.replace(/\+$/, ''));
    if (!isKnown) return token;
    isException = /^WITH$/i.test(token);
  }
  return null;
}
