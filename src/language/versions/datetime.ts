import { signOf, signOfTexts } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/** Times of RFC 3339 as versions, by the instant they name, for `vers:datetime`. OSV has no ecosystem for them. */
export const datetime = orderedScheme<Instant>({
  id: 'datetime',
  ecosystems: [],
  parse,
  order,
  parseRange: (text) => plainRange(text, { parse, order }),
});

/** Milliseconds of the whole second, and the digits of its fraction without zeros at the end. */
type Instant = { readonly time: number; readonly fraction: string };

const grammar = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;

function parse(text: string): Instant | null {
  const [, day, clock = '', fraction = '', zone = ''] = grammar.exec(text) ?? [];
  if (day === undefined) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const time = Date.parse(`${day}T${clock}${zone.toUpperCase()}`);
  // The thirtieth of February would be the first of March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null;
  return Number.isNaN(time) ? null : { time, fraction: fraction.replace(/0+$/, '') };
}

function order(a: Instant, b: Instant): -1 | 0 | 1 {
  return signOf(a.time, b.time) || signOfTexts(a.fraction, b.fraction);
}
