import { plainNumbers, signOf, withoutZeros, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/** Numbers between dots and nothing else, for `vers:intdot`; zeros at the end make no difference. OSV has no ecosystem for them. */
export const intdot = orderedScheme<Numbers>({
  id: 'intdot',
  ecosystems: [],
  parse,
  order,
  parseRange: (text) => plainRange(text, { parse, order }),
});

type Numbers = { readonly numbers: readonly Numeral[] };

function parse(text: string): Numbers | null {
  const numbers = plainNumbers(text);
  return numbers === null ? null : { numbers: withoutZeros(numbers) };
}

function order(a: Numbers, b: Numbers): -1 | 0 | 1 {
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at += 1) {
    const sign = signOf(a.numbers[at] ?? 0, b.numbers[at] ?? 0);
    if (sign !== 0) return sign;
  }
  return 0;
}
