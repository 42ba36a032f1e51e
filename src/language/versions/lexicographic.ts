import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/** Any text as a version, by its UTF-8 bytes, for `vers:lexicographic`. OSV has no ecosystem for it. */
export const lexicographic = orderedScheme<Text>({
  id: 'lexicographic',
  ecosystems: [],
  parse: (text) => ({ text }),
  order,
  parseRange: (text) => plainRange(text, { parse: (version) => ({ text: version }), order }),
});

type Text = { readonly text: string };

/** The order of UTF-8 bytes is that of code points. */
function order({ text: a }: Text, { text: b }: Text): -1 | 0 | 1 {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  // The difference may lie in the second half of a pair.
  const from = at > 0 && isHighHalf(a.charCodeAt(at - 1)) ? at - 1 : at;
  const left = a.codePointAt(from) ?? -1;
  const right = b.codePointAt(from) ?? -1;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isHighHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
