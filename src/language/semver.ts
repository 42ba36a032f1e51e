import { isDigits, numeralOf, signOf, signOfTexts, type Numeral } from './numeral.ts';

/** A semantic version, https://semver.org. Build metadata is kept for display and plays no part in the order. */
export type Semver = {
  readonly major: Numeral;
  readonly minor: Numeral;
  readonly patch: Numeral;
  /** Numbers as numerals, words as strings; empty for a release. */
  readonly prerelease: readonly (Numeral | string)[];
  readonly build: string;
};

/** What a scheme lets pass beyond the specification. */
export type SemverLeniency = {
  /** `1` and `1.2` are versions, with zeros for what is missing. */
  readonly partial: boolean;
  /** `19.03.1` is a version. */
  readonly leadingZeros: boolean;
  /** Numbers have at most this value; null for no bound. */
  readonly largest: number | null;
};

const release: readonly never[] = [];
const identifier = /^[0-9A-Za-z-]+$/;

/** The semantic version in `text` from position `from`, or null when it is none. */
export function parseSemver(text: string, from: number, leniency: SemverLeniency): Semver | null {
  return plainSemver(text, from, leniency) ?? fullSemver(text, from, leniency);
}

/** -1, 0 or 1 by semver's precedence (clause 11). */
export function orderSemver(a: Semver, b: Semver): -1 | 0 | 1 {
  return signOf(a.major, b.major) || signOf(a.minor, b.minor) || signOf(a.patch, b.patch) || orderPrerelease(a.prerelease, b.prerelease);
}

/** -1, 0 or 1 for two lists of pre-release identifiers; the empty list, a release, comes last. */
export function orderPrerelease(a: Semver['prerelease'], b: Semver['prerelease']): -1 | 0 | 1 {
  if (a === b) return 0;
  if (a.length === 0 || b.length === 0) return signOf(Number(a.length === 0), Number(b.length === 0));
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const sign = orderIdentifier(a[at] ?? 0, b[at] ?? 0);
    if (sign !== 0) return sign;
  }
  return signOf(a.length, b.length);
}

/** The version in its shortest full form, build metadata left out. */
export function printSemver({ major, minor, patch, prerelease }: Semver): string {
  const core = `${String(major)}.${String(minor)}.${String(patch)}`;
  return prerelease.length === 0 ? core : `${core}-${prerelease.map(String).join('.')}`;
}

/** The identifiers after the hyphen, or null when one is empty, has a foreign character, or (unless allowed) a leading zero. */
export function prereleaseOf(text: string, leadingZeros: boolean): (Numeral | string)[] | null {
  const identifiers: (Numeral | string)[] = [];
  for (const part of text.split('.')) {
    if (!isIdentifier(part)) return null;
    const number = isDigits(part);
    if (number && !leadingZeros && part.length > 1 && part.startsWith('0')) return null;
    identifiers.push(number ? numeralOf(part) : part);
  }
  return identifiers;
}

/** `1.2.3`, with whatever follows its hyphen or plus, which nearly every version is: one pass over the numbers, no intermediate strings. */
function plainSemver(text: string, from: number, leniency: SemverLeniency): Semver | null {
  let major = 0;
  let minor = 0;
  let number = 0;
  let digits = 0;
  let dots = 0;
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x2d || code === 0x2b) break;
    if (code === 0x2e) {
      if (digits === 0 || dots === 2) return null;
      if (dots === 0) major = number;
      else minor = number;
      dots += 1;
      number = 0;
      digits = 0;
    } else {
      const digit = code - 0x30;
      if (digit < 0 || digit > 9 || digits === 15 || (digits > 0 && number === 0)) return null;
      number = number * 10 + digit;
      digits += 1;
    }
  }
  if (dots !== 2 || digits === 0) return null;
  if (at === text.length) return { major, minor, patch: number, prerelease: release, build: '' };
  const suffix = suffixOf(text, at, leniency);
  return suffix && { major, minor, patch: number, ...suffix };
}

function fullSemver(text: string, from: number, leniency: SemverLeniency): Semver | null {
  const end = text.slice(from).search(/[-+]/);
  const core = coreOf(end === -1 ? text.slice(from) : text.slice(from, from + end), leniency);
  const suffix = end === -1 ? { prerelease: release, build: '' } : suffixOf(text, from + end, leniency);
  if (core === null || suffix === null) return null;
  const [major = 0, minor = 0, patch = 0] = core;
  return { major, minor, patch, ...suffix };
}

/** The pre-release and build in what begins with a hyphen or plus. */
function suffixOf(text: string, from: number, { leadingZeros }: SemverLeniency): Pick<Semver, 'prerelease' | 'build'> | null {
  const plus = text.indexOf('+', from);
  const build = plus === -1 ? '' : text.slice(plus + 1);
  if (plus !== -1 && !build.split('.').every(isIdentifier)) return null;
  if (plus === from) return { prerelease: release, build };
  const prerelease = prereleaseOf(plus === -1 ? text.slice(from + 1) : text.slice(from + 1, plus), leadingZeros);
  return prerelease && { prerelease, build };
}

function coreOf(text: string, { partial, leadingZeros, largest }: SemverLeniency): Numeral[] | null {
  const parts = text.split('.');
  if (parts.length > 3 || (parts.length < 3 && !partial)) return null;
  const numbers: Numeral[] = [];
  for (const part of parts) {
    if (!isDigits(part) || (!leadingZeros && part.length > 1 && part.startsWith('0'))) return null;
    const number = numeralOf(part);
    if (largest !== null && number > largest) return null;
    numbers.push(number);
  }
  return numbers;
}

function isIdentifier(text: string): boolean {
  return identifier.test(text);
}

function orderIdentifier(a: Numeral | string, b: Numeral | string): -1 | 0 | 1 {
  if (typeof a === 'string') return typeof b === 'string' ? signOfTexts(a, b) : 1;
  return typeof b === 'string' ? -1 : signOf(a, b);
}
