import { orderDebian } from '../debian-order.ts';
import { numeralOf, signOf, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/**
 * Versions of Debian's packages and of those made like them, as dpkg orders them: epoch, upstream version, revision. dpkg itself only warns of a
 * version that begins with something else than a digit; here it is none, so that nothing is concluded from `latest`.
 * https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export const deb = orderedScheme<DebVersion>({
  id: 'deb',
  ecosystems: ['Debian', 'Ubuntu', 'Echo'],
  parse,
  order,
  parseRange: (text) => plainRange(text, { parse, order }),
});

/** An absent revision is the empty text, which is as old as `0`. */
type DebVersion = { readonly epoch: Numeral; readonly upstream: string; readonly revision: string };

const grammar = /^(?:(\d+):)?(\d[A-Za-z0-9.+~:-]*)$/;

function parse(text: string): DebVersion | null {
  const [, epoch, rest] = grammar.exec(text.trim()) ?? [];
  if (rest === undefined) return null;
  const hyphen = rest.lastIndexOf('-');
  const revision = hyphen === -1 ? '' : rest.slice(hyphen + 1);
  // A colon is only for upstream versions that follow an epoch.
  if (revision.includes(':') || (epoch === undefined && rest.includes(':')) || hyphen === rest.length - 1) return null;
  return { epoch: epoch === undefined ? 0 : numeralOf(epoch), upstream: hyphen === -1 ? rest : rest.slice(0, hyphen), revision };
}

function order(a: DebVersion, b: DebVersion): -1 | 0 | 1 {
  return signOf(a.epoch, b.epoch) || orderDebian(a.upstream, b.upstream) || orderDebian(a.revision, b.revision);
}
