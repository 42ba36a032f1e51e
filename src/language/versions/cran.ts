import { numeralOf, plainNumbers, signOf, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/** Versions of R packages: numbers between dots or hyphens, the longer after the shorter that it begins with. https://cran.r-project.org/doc/manuals/R-exts.html#The-DESCRIPTION-file */
export const cran = orderedScheme<readonly Numeral[]>({ id: 'cran', ecosystems: ['CRAN', 'Bioconductor'], parse, order, parseRange });

function parse(text: string): Numeral[] | null {
  return plainNumbers(text) ?? (/^\d+(?:[.-]\d+)*$/.test(text) ? text.split(/[.-]/).map(numeralOf) : null);
}

function order(a: readonly Numeral[], b: readonly Numeral[]): -1 | 0 | 1 {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const sign = signOf(a[at] ?? 0, b[at] ?? 0);
    if (sign !== 0) return sign;
  }
  return signOf(a.length, b.length);
}

/** As DESCRIPTION writes it, with or without its parentheses: `(>= 1.2.0)`. */
function parseRange(text: string) {
  return plainRange(/^\((.*)\)$/.exec(text)?.[1] ?? text, { parse, order });
}
