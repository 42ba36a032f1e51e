import { afterDigits, afterZeros, isLetterCode } from '../debian-order.ts';
import { isDigitCode, numeralOf, signOf, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/**
 * Versions of RPM packages as rpm orders them: epoch, version, release, each by rpmvercmp, with `~` before and `^` after what they follow.
 * An absent epoch is 0; an absent release is before every release. https://rpm-software-management.github.io/rpm/man/rpm-version.7
 */
export const rpm = orderedScheme<RpmVersion>({
  id: 'rpm',
  ecosystems: ['AlmaLinux', 'Azure Linux', 'Mageia', 'openEuler', 'openSUSE', 'Photon OS', 'Red Hat', 'Rocky Linux', 'SUSE'],
  parse,
  order,
  parseRange: (text) => plainRange(text, { parse, order }),
});

type RpmVersion = { readonly epoch: Numeral; readonly version: string; readonly release: string };

const tilde = 0x7e;
const caret = 0x5e;

/** Any text without spaces that has a letter or digit: rpm orders what is neither as a separator. */
function parse(text: string): RpmVersion | null {
  const trimmed = text.trim();
  if (!/[0-9A-Za-z]/.test(trimmed) || /[\s<>=|,]/.test(trimmed)) return null;
  const [prefix = '', digits = ''] = /^(\d+):/.exec(trimmed) ?? [];
  const hyphen = trimmed.lastIndexOf('-');
  const split = hyphen >= prefix.length;
  return {
    epoch: digits === '' ? 0 : numeralOf(digits),
    version: trimmed.slice(prefix.length, split ? hyphen : undefined),
    release: split ? trimmed.slice(hyphen + 1) : '',
  };
}

function order(a: RpmVersion, b: RpmVersion): -1 | 0 | 1 {
  return signOf(a.epoch, b.epoch) || orderSegments(a.version, b.version) || orderSegments(a.release, b.release);
}

/** rpmvercmp, without making strings: a tilde, the end, a caret, words, numbers, least first. */
function orderSegments(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  let left = 0;
  let right = 0;
  for (;;) {
    left = afterSeparators(a, left);
    right = afterSeparators(b, right);
    const kind = kindAt(a, left);
    const sign = signOf(kind, kindAt(b, right));
    if (sign !== 0 || kind === kinds.end) return sign;
    if (kind === kinds.tilde || kind === kinds.caret) {
      left += 1;
      right += 1;
      continue;
    }
    const difference = kind === kinds.number ? orderNumbers(a, left, b, right) : orderWords(a, left, b, right);
    if (difference !== 0) return difference;
    left = kind === kinds.number ? afterDigits(a, left) : afterLetters(a, left);
    right = kind === kinds.number ? afterDigits(b, right) : afterLetters(b, right);
  }
}

const kinds = { tilde: 0, end: 1, caret: 2, word: 3, number: 4 } as const;

function kindAt(text: string, at: number): number {
  if (at >= text.length) return kinds.end;
  const code = text.charCodeAt(at);
  if (code === tilde) return kinds.tilde;
  if (code === caret) return kinds.caret;
  return isDigitCode(code) ? kinds.number : kinds.word;
}

function orderNumbers(a: string, left: number, b: string, right: number): -1 | 0 | 1 {
  const from = afterZeros(a, left);
  const to = afterZeros(b, right);
  const length = afterDigits(a, from) - from;
  return signOf(length, afterDigits(b, to) - to) || orderRuns(a, from, b, to, length);
}

/** Words by code unit; one that goes on where the other ends comes after it. */
function orderWords(a: string, left: number, b: string, right: number): -1 | 0 | 1 {
  const lengthA = afterLetters(a, left) - left;
  const lengthB = afterLetters(b, right) - right;
  return orderRuns(a, left, b, right, Math.min(lengthA, lengthB)) || signOf(lengthA, lengthB);
}

function orderRuns(a: string, left: number, b: string, right: number, length: number): -1 | 0 | 1 {
  for (let at = 0; at < length; at += 1) {
    const difference = a.charCodeAt(left + at) - b.charCodeAt(right + at);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}

function afterLetters(text: string, from: number): number {
  let at = from;
  while (at < text.length && isLetterCode(text.charCodeAt(at))) at += 1;
  return at;
}

function afterSeparators(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isDigitCode(code) || isLetterCode(code) || code === tilde || code === caret) break;
    at += 1;
  }
  return at;
}
