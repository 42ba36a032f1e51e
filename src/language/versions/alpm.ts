import { afterDigits, afterZeros, isLetterCode } from '../debian-order.ts';
import { isDigitCode, numeralOf, signOf, signOfTexts, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/**
 * Arch Linux's packages as vercmp orders them: epoch, version, release. vercmp ignores releases where one is missing, which is no order
 * (1.5-1 and 1.5-2 would both equal 1.5); a missing one is 1 here. OSV has no ecosystem for them. https://man.archlinux.org/man/vercmp.8
 */
export const alpm = orderedScheme<AlpmVersion>({
  id: 'alpm',
  ecosystems: [],
  parse,
  order,
  parseRange: (text) => plainRange(text, { parse, order }),
});

type AlpmVersion = { readonly epoch: Numeral; readonly version: readonly Segment[]; readonly release: readonly Segment[] };

/** A run of digits or letters, with how many separators stand before it. */
type Segment = { readonly separators: number; readonly value: Numeral | string };

const grammar = /^(?:(\d+):)?([0-9A-Za-z](?:[0-9A-Za-z._+~]*[0-9A-Za-z])?)(?:-(\d+(?:\.\d+)*))?$/;

function parse(text: string): AlpmVersion | null {
  const [, epoch = '0', version, release = '1'] = grammar.exec(text) ?? [];
  return version === undefined ? null : { epoch: numeralOf(epoch), version: segmentsOf(version), release: segmentsOf(release) };
}

function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  for (let at = 0; at < text.length;) {
    const from = at;
    while (at < text.length && !isDigitCode(text.charCodeAt(at)) && !isLetterCode(text.charCodeAt(at))) at += 1;
    const start = at;
    if (isDigitCode(text.charCodeAt(at))) {
      at = afterDigits(text, at);
      segments.push({ separators: start - from, value: numeralOf(text.slice(afterZeros(text, start), at) || '0') });
    } else {
      while (at < text.length && isLetterCode(text.charCodeAt(at))) at += 1;
      segments.push({ separators: start - from, value: text.slice(start, at) });
    }
  }
  return segments;
}

function order(a: AlpmVersion, b: AlpmVersion): -1 | 0 | 1 {
  return signOf(a.epoch, b.epoch) || orderSegments(a.version, b.version) || orderSegments(a.release, b.release);
}

function orderSegments(a: readonly Segment[], b: readonly Segment[]): -1 | 0 | 1 {
  for (let at = 0; ; at += 1) {
    const left = a[at];
    const right = b[at];
    if (left === undefined || right === undefined) return right === undefined ? afterEnd(left) : negated(afterEnd(right));
    const sign = signOf(left.separators, right.separators) || orderValues(left.value, right.value);
    if (sign !== 0) return sign;
  }
}

/** Letters that follow at once are older than the end, as in 1.5rc1; all else is newer. */
function afterEnd(segment: Segment | undefined): -1 | 0 | 1 {
  if (segment === undefined) return 0;
  return segment.separators === 0 && typeof segment.value === 'string' ? -1 : 1;
}

function orderValues(a: Numeral | string, b: Numeral | string): -1 | 0 | 1 {
  if (typeof a === 'string') return typeof b === 'string' ? signOfTexts(a, b) : -1;
  return typeof b === 'string' ? 1 : signOf(a, b);
}

function negated(sign: -1 | 0 | 1): -1 | 0 | 1 {
  if (sign === 0) return 0;
  return sign === 1 ? -1 : 1;
}
