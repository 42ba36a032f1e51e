import { plainOperator, writtenComparators } from '../comparator-list.ts';
import { comparatorRange } from '../comparator-range.ts';
import { parseIntervals } from '../interval-list.ts';
import { isDigitCode, numeralOf, plainNumbers, signOf, signOfTexts, withoutZeros, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/**
 * Maven's versions in the order of its ComparableVersion and its intervals, https://maven.apache.org/pom.html#version-order-specification.
 * Any text without spaces is a version; one with an unresolved `${property}`, or the brackets or comparators of a range, is not.
 */
export const maven = orderedScheme<MavenList>({ id: 'maven', ecosystems: ['Maven'], parse, order: orderLists, parseRange });

/** A qualifier met by digits without a separator, as in `rc1`: one item of its own, after the bare qualifier. */
type Combination = { readonly qualifier: string; readonly number: Numeral };
/** A number, a qualifier, a combination, or the list that a hyphen or a change between letters and digits opens. */
type MavenItem = Numeral | string | Combination | MavenList;
type MavenList = MavenItem[];

/** Qualifiers before and after a release, least first; an unknown word comes after them all. */
const qualifiers: readonly string[] = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const releaseRank = '5';
const shortForms: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);
const aliases: ReadonlyMap<string, string> = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);

function parse(text: string): MavenList | null {
  const plain = plainNumbers(text);
  if (plain !== null) return withoutZeros(plain);
  if (/[\s[\](),{}$<>=]/.test(text)) return null;
  return itemsOf(text.toLowerCase());
}

/** A range of intervals, or of comparators as people write them (`<2.15.0`). A bare version, Maven's soft requirement, is taken as exactly that version. */
function parseRange(text: string): VersionRange | null {
  const alternatives = /^[[(]/.test(text)
    ? parseIntervals(text)
    : /^[<>=!]/.test(text)
      ? parseComparators(text)
      : [[{ operator: '=', version: text } as const]];
  return alternatives === null ? null : comparatorRange(alternatives, { parse, order: orderLists });
}

function parseComparators(text: string): Comparator[][] | null {
  const alternatives: Comparator[][] = [];
  for (const written of writtenComparators(text) ?? []) {
    const comparators = written.flatMap(({ operator: sign, version }): Comparator[] => {
      const operator = plainOperator(sign);
      return operator === null ? [] : [{ operator, version }];
    });
    if (comparators.length === 0 || comparators.length < written.length) return null;
    alternatives.push(comparators);
  }
  return alternatives.length === 0 ? null : alternatives;
}

/** ComparableVersion.parseVersion: one pass that opens a list at each hyphen and each change between letters and digits. */
function itemsOf(version: string): MavenList {
  const root: MavenList = [];
  const opened: MavenList[] = [root];
  let list = root;
  let digits = false;
  let combination = false;
  let start = 0;
  const open = () => {
    const next: MavenList = [];
    list.push(next);
    opened.push(next);
    list = next;
  };
  const close = (end: number) => {
    list.push(end === start ? 0 : itemOf(version.slice(start, end), digits, combination));
  };
  for (let at = 0; at < version.length; at += 1) {
    const code = version.charCodeAt(at);
    if (code === 0x2e) {
      close(at);
      combination = false;
      start = at + 1;
    } else if (code === 0x2d) {
      // `x-1` is `x1`.
      if (at > start && !digits && isDigitCode(version.charCodeAt(at + 1))) {
        combination = true;
        continue;
      }
      close(at);
      combination = false;
      start = at + 1;
      open();
    } else if (isDigitCode(code)) {
      if (!digits && at > start) {
        combination = true;
        if (list.length > 0) open();
      }
      digits = true;
    } else {
      if (digits && at > start) {
        close(at);
        combination = false;
        start = at;
        open();
      }
      digits = false;
    }
  }
  if (version.length > start) {
    // `.x` is `-x` for a qualifier at the end.
    if (!digits && list.length > 0) open();
    close(version.length);
  }
  for (const each of opened.reverse()) dropNulls(each);
  return root;
}

function itemOf(text: string, digits: boolean, combination: boolean): MavenItem {
  if (combination) {
    const joined = text.replaceAll('-', '');
    const from = joined.search(/\d/);
    const word = joined.slice(0, from);
    return { qualifier: rankOf(shortForms.get(word) ?? word), number: numeralOf(joined.slice(from)) };
  }
  return digits ? numeralOf(text) : rankOf(text);
}

/** A qualifier as text whose plain order is Maven's. */
function rankOf(word: string): string {
  const known = aliases.get(word) ?? word;
  const rank = qualifiers.indexOf(known);
  return rank === -1 ? `${String(qualifiers.length)}-${known}` : String(rank);
}

/** Takes out zeros, release words and empty lists where nothing but a qualifier follows: `1.0.0-rc` is `1-rc`. */
function dropNulls(list: MavenList): void {
  for (let at = list.length - 1; at >= 0; at -= 1) {
    if (isNull(list[at] ?? 0)) {
      const next = list[at + 1];
      const first = Array.isArray(next) ? next[0] : next;
      if (next === undefined || typeof first === 'string' || (Array.isArray(next) && isCombination(first))) list.splice(at, 1);
    }
  }
}

function isNull(item: MavenItem): boolean {
  if (Array.isArray(item)) return item.length === 0;
  return item === releaseRank || item === 0 || item === 0n;
}

function isCombination(item: MavenItem | undefined): item is Combination {
  return typeof item === 'object' && !Array.isArray(item);
}

function orderLists(a: MavenList, b: MavenList): -1 | 0 | 1 {
  for (let at = 0; at < a.length || at < b.length; at += 1) {
    const sign = orderItems(a[at], b[at]);
    if (sign !== 0) return sign;
  }
  return 0;
}

function orderItems(a: MavenItem | undefined, b: MavenItem | undefined): -1 | 0 | 1 {
  if (a === undefined) return b === undefined ? 0 : negated(againstNothing(b));
  if (b === undefined) return againstNothing(a);
  if (typeof a === 'number' && typeof b === 'number') return signOf(a, b);
  const kindA = kindOf(a);
  const kindB = kindOf(b);
  if (Array.isArray(a) && Array.isArray(b)) return orderLists(a, b);
  if (kindA !== 'word' || kindB !== 'word') {
    if (kindA === 'number' && kindB === 'number') return signOf(a as Numeral, b as Numeral);
    return signOf(kinds.indexOf(kindA), kinds.indexOf(kindB));
  }
  const wordSign = signOfTexts(wordOf(a), wordOf(b));
  if (wordSign !== 0) return wordSign;
  if (isCombination(a)) return isCombination(b) ? signOf(a.number, b.number) : 1;
  return isCombination(b) ? -1 : 0;
}

/** An item where the other version has ended. */
function againstNothing(item: MavenItem): -1 | 0 | 1 {
  if (Array.isArray(item)) {
    for (const each of item) {
      const sign = againstNothing(each);
      if (sign !== 0) return sign;
    }
    return 0;
  }
  return typeof item === 'string' || isCombination(item) ? signOfTexts(wordOf(item), releaseRank) : signOf(item, 0);
}

/** Kinds of items, least first. */
const kinds: readonly string[] = ['word', 'list', 'number'];

function kindOf(item: MavenItem): string {
  if (Array.isArray(item)) return 'list';
  return typeof item === 'string' || typeof item === 'object' ? 'word' : 'number';
}

function wordOf(item: MavenItem): string {
  if (typeof item === 'string') return item;
  return isCombination(item) ? item.qualifier : '';
}

function negated(sign: -1 | 0 | 1): -1 | 0 | 1 {
  if (sign === 0) return 0;
  return sign === 1 ? -1 : 1;
}
