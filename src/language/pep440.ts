import { isDigits, numeralOf, plainNumbers, signOf, signOfTexts, type Numeral } from './numeral.ts';

/** A version of PEP 440, https://packaging.python.org/specifications/version-specifiers. */
export type Pep440 = {
  readonly epoch: Numeral;
  /** As written, trailing zeros included; the order ignores them. */
  readonly release: readonly Numeral[];
  /** Null for none. */
  readonly pre: { readonly kind: 'a' | 'b' | 'rc'; readonly number: Numeral } | null;
  readonly post: Numeral | null;
  readonly dev: Numeral | null;
  /** Numbers and lower-case words after `+`; empty for a public version. */
  readonly local: readonly (Numeral | string)[];
};

const grammar =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)(?:[-_.]?(\d+))?)?(?:-(\d+)|([-_.]?(?:post|rev|r)(?:[-_.]?(\d+))?))?(?:([-_.]?dev)(?:[-_.]?(\d+))?)?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

const kinds: Readonly<Record<string, 'a' | 'b' | 'rc'>> = { a: 'a', alpha: 'a', b: 'b', beta: 'b' };

/** The version as PEP 440 normalises it, or null for what it calls invalid (the "legacy" versions of old included). */
export function parsePep440(text: string): Pep440 | null {
  const release = plainNumbers(text);
  if (release !== null) return { epoch: 0, release, pre: null, post: null, dev: null, local: [] };
  const match = grammar.exec(text.trim().toLowerCase());
  if (match === null) return null;
  const [, epoch, numbers = '', preKind, preNumber, dashPost, post, postNumber, dev, devNumber, local] = match;
  return {
    epoch: numeralOf(epoch ?? '0'),
    release: numbers.split('.').map(numeralOf),
    pre: preKind === undefined ? null : { kind: kinds[preKind] ?? 'rc', number: numeralOf(preNumber ?? '0') },
    post: dashPost !== undefined ? numeralOf(dashPost) : post === undefined ? null : numeralOf(postNumber ?? '0'),
    dev: dev === undefined ? null : numeralOf(devNumber ?? '0'),
    local: local === undefined ? [] : local.split(/[-_.]/).map((part) => (isDigits(part) ? numeralOf(part) : part)),
  };
}

/** -1, 0 or 1 in PEP 440's order, local versions included. */
export function orderPep440(a: Pep440, b: Pep440): -1 | 0 | 1 {
  return orderPublic(a, b) || orderLocal(a.local, b.local);
}

/** The same with the local part left out. */
export function orderPublic(a: Pep440, b: Pep440): -1 | 0 | 1 {
  return (
    signOf(a.epoch, b.epoch) ||
    orderRelease(a.release, b.release) ||
    signOf(stageOf(a), stageOf(b)) ||
    signOf(a.pre?.number ?? 0, b.pre?.number ?? 0) ||
    signOf(a.post ?? -1, b.post ?? -1) ||
    orderDev(a.dev, b.dev)
  );
}

/** -1, 0 or 1 for two lists of numbers, the shorter filled with zeros. */
export function orderRelease(a: readonly Numeral[], b: readonly Numeral[]): -1 | 0 | 1 {
  for (let at = 0; at < a.length || at < b.length; at += 1) {
    const sign = signOf(a[at] ?? 0, b[at] ?? 0);
    if (sign !== 0) return sign;
  }
  return 0;
}

/** True for alpha, beta, candidate and development releases. */
export function isPrerelease(version: Pep440): boolean {
  return version.pre !== null || version.dev !== null;
}

/** The normalised text: `1.7.b1` becomes `1.7b1`. */
export function printPep440({ epoch, release, pre, post, dev, local }: Pep440): string {
  const start = `${epoch === 0 ? '' : `${String(epoch)}!`}${release.map(String).join('.')}`;
  const middle = `${pre === null ? '' : `${pre.kind}${String(pre.number)}`}${post === null ? '' : `.post${String(post)}`}`;
  return `${start}${middle}${dev === null ? '' : `.dev${String(dev)}`}${local.length === 0 ? '' : `+${local.map(String).join('.')}`}`;
}

/** Where a version stands between the development release and the final one of the same release number. */
function stageOf({ pre, post, dev }: Pep440): number {
  if (pre !== null) return pre.kind === 'a' ? 1 : pre.kind === 'b' ? 2 : 3;
  return post === null && dev !== null ? 0 : 4;
}

function orderDev(a: Numeral | null, b: Numeral | null): -1 | 0 | 1 {
  if (a === null || b === null) return signOf(Number(a === null), Number(b === null));
  return signOf(a, b);
}

function orderLocal(a: Pep440['local'], b: Pep440['local']): -1 | 0 | 1 {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const left = a[at] ?? 0;
    const right = b[at] ?? 0;
    if (typeof left === 'string' && typeof right === 'string') {
      if (left !== right) return signOfTexts(left, right);
    } else if (typeof left === 'string' || typeof right === 'string') {
      return typeof left === 'string' ? -1 : 1;
    } else if (left !== right) {
      return signOf(left, right);
    }
  }
  return signOf(a.length, b.length);
}
