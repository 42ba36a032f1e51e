import { writtenComparators, type WrittenComparator } from './comparator-list.ts';
import { comparatorRange } from './comparator-range.ts';
import { normaliseComposer, orderComposer, printComposer, type ComposerVersion } from './composer-version.ts';
import { isDigits } from './numeral.ts';
import type { Comparator, VersionRange } from './version-scheme.ts';

/** A Composer constraint (`^1.2 || ~2.0.1`, `1.0 - 2.0`, `>=1.0,<2.0`), or null when Composer would refuse it or it names a branch. */
export function composerRange(text: string): VersionRange | null {
  const written = writtenComparators(text.replace(/(^|[\s,|])-([\s,|]|$)/g, '$1 - $2'));
  if (written === null) return null;
  const alternatives: Comparator[][] = [];
  for (const comparators of written) {
    const bounds = constraintsOf(comparators);
    if (bounds === null) return null;
    alternatives.push(bounds);
  }
  const range = comparatorRange(alternatives, { parse: normaliseComposer, order: orderComposer });
  return range && { ...range, alternatives: alternatives.map((bounds) => bounds.map(asWritten)) };
}

/** Composer's `<2.0.0.0-dev` as people and `vers:` write it; a version written out in full stays as it is. */
function asWritten({ operator, version }: Comparator): Comparator {
  const parsed = normaliseComposer(version);
  if (parsed?.dev === false && /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2,3}-/.test(version)) return { operator, version };
  const open = (operator === '<' || operator === '>=') && parsed?.dev === true && parsed.stability === 'stable';
  return parsed === null ? { operator, version } : { operator, version: printComposer(open ? { ...parsed, dev: false } : parsed) };
}

function constraintsOf(written: readonly WrittenComparator[]): Comparator[] | null {
  if (written.length === 0) return null;
  const [low, dash, high] = written;
  if (written.length === 3 && low && high && dash?.version === '-') return hyphenRange(low.version, high.version);
  const bounds: Comparator[] = [];
  for (const each of written) {
    const some = constraintOf(each);
    if (some === null) return null;
    bounds.push(...some);
  }
  return bounds;
}

function constraintOf({ operator, version: text }: WrittenComparator): Comparator[] | null {
  const flag = /@(stable|rc|beta|alpha|dev)$/i.exec(text)?.[1]?.toLowerCase();
  const version = flag === undefined ? text : text.slice(0, -flag.length - 1);
  if (operator === '' && (version === '' || /^[x*](?:\.[x*])*$/i.test(version))) return [];
  if (operator === '' && /^v?\d+(?:\.\d+){0,2}(?:\.[x*])+$/i.test(version)) return wildcardRange(version);
  const parsed = normaliseComposer(version);
  if (parsed === null) return null;
  switch (operator) {
    case '~':
      return upTo(parsed, version, Math.max(1, givenNumbers(version) - 1));
    case '^':
      return upTo(parsed, version, caretKeeps(version));
    case '':
    case '=':
    case '==':
      return [{ operator: '=', version }];
    case '!=':
    case '<>':
      return [{ operator: '!=', version }];
    case '<':
    case '>=':
    case '<=':
    case '>':
      return [{ operator, version: bounded(operator, version, parsed, flag) }];
    default:
      return null;
  }
}

/** The version a bound means: with the flag's stability, or else, below and from a release, counting its development release as part of it. */
function bounded(operator: string, text: string, parsed: ComposerVersion, flag: string | undefined): string {
  if (parsed.stability === 'stable' && flag !== undefined && flag !== 'stable') return `${text}-${flag}`;
  if ((operator !== '<' && operator !== '>=') || writtenStability.test(text)) return text;
  return parsed.stability === 'stable' ? developmentOf(parsed) : `${printComposer(parsed)}-dev`;
}

/** A stability after a hyphen: such a bound means what it says. */
const writtenStability = /-(?:[._-]?(?:stable|beta|b|rc|alpha|a|patch|pl|p)(?:[.-]?\d+)*)?(?:[.-]?dev)?$/i;

/** From a version (its own development release included, unless a stability is written) to before the next at the kept number. */
function upTo(parsed: ComposerVersion, text: string, kept: number): Comparator[] {
  const bare = parsed.stability === 'stable' && !parsed.dev;
  return [
    { operator: '>=', version: bare ? developmentOf(parsed) : text },
    { operator: '<', version: raised(parsed, kept) },
  ];
}

function wildcardRange(text: string): Comparator[] | null {
  const numbers = text.replace(/^v/i, '').split('.').filter(isDigits);
  const parsed = normaliseComposer(numbers.join('.'));
  return parsed === null ? null : upTo(parsed, text, numbers.length);
}

/** `1.0 - 2.0` ends before 2.1; `1.0 - 2.0.0` includes 2.0.0. */
function hyphenRange(low: string, high: string): Comparator[] | null {
  const from = normaliseComposer(low);
  const to = normaliseComposer(high);
  if (from === null || to === null) return null;
  const given = givenNumbers(high);
  const whole = given >= 3 || to.stability !== 'stable' || to.dev;
  const lower = from.stability === 'stable' && !from.dev ? developmentOf(from) : low;
  return [{ operator: '>=', version: lower }, whole ? { operator: '<=', version: high } : { operator: '<', version: raised(to, given) }];
}

function developmentOf({ numbers }: ComposerVersion): string {
  return `${numbers.map(String).join('.')}-dev`;
}

/** The development release of the version that has its `kept`th number raised and zeros after it. */
function raised({ numbers }: ComposerVersion, kept: number): string {
  const next = numbers.map((number, at) => (at < kept - 1 ? String(number) : at === kept - 1 ? String(BigInt(number) + 1n) : '0'));
  return `${next.join('.')}-dev`;
}

function givenNumbers(text: string): number {
  return /^v?(\d+(?:\.\d+){0,3})/i.exec(text)?.[1]?.split('.').length ?? 1;
}

function caretKeeps(text: string): number {
  const numbers = (/^v?(\d+(?:\.\d+){0,3})/i.exec(text)?.[1] ?? '').split('.').slice(0, 3);
  const first = numbers.findIndex((number) => Number(number) !== 0);
  return first === -1 ? Math.min(numbers.length, 3) : first + 1;
}
