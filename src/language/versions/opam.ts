import { orderDebian } from '../debian-order.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/** OCaml's opam packages: Debian's order of the whole text, without epoch and revision. https://opam.ocaml.org/doc/Manual.html#version-ordering */
export const opam = orderedScheme<OpamVersion>({
  id: 'opam',
  ecosystems: ['opam'],
  parse,
  order,
  parseRange: (text) => plainRange(text.replaceAll('&', ' ').replaceAll('"', ''), { parse, order }),
});

type OpamVersion = { readonly text: string };

/** A leading `v` is common among OCaml's own packages and part of the version. */
function parse(text: string): OpamVersion | null {
  return /^v?\d[A-Za-z0-9_+.~-]*$/.test(text) ? { text } : null;
}

function order(a: OpamVersion, b: OpamVersion): -1 | 0 | 1 {
  return orderDebian(a.text, b.text);
}
