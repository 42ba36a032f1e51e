/** A number of any size: bigint only past 15 digits, where a double is no longer exact. The two compare with `<` and `>`. */
export type Numeral = number | bigint;

/** The value of a run of decimal digits. The caller has checked that there is nothing else in it. */
export function numeralOf(digits: string): Numeral {
  return digits.length <= 15 ? Number(digits) : BigInt(digits);
}

/** -1, 0 or 1 for two numerals. Doubles, which nearly all are, keep a comparison of their own: a site that sees bigints too is many times slower. */
export function signOf(a: Numeral, b: Numeral): -1 | 0 | 1 {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a === b) return 0;
    return a < b ? -1 : 1;
  }
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** -1, 0 or 1 for two texts, by code unit. */
export function signOfTexts(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** True for one or more ASCII digits and nothing else. */
export function isDigits(text: string): boolean {
  if (text === '') return false;
  for (let at = 0; at < text.length; at += 1) {
    if (!isDigitCode(text.charCodeAt(at))) return false;
  }
  return true;
}

/** True when a character code is an ASCII digit. */
export function isDigitCode(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/**
 * The numbers of `1.2.3`, digits and dots from a position to the end, in one pass without intermediate strings; null for anything else.
 * Most versions are just that, so every scheme asks this first.
 */
export function plainNumbers(text: string, from = 0): Numeral[] | null {
  const numbers: Numeral[] = [];
  let number = 0;
  let digits = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isDigitCode(code)) {
      digits += 1;
      if (digits > 15) return null;
      number = number * 10 + code - 0x30;
    } else {
      if (code !== 0x2e || digits === 0) return null;
      numbers.push(number);
      number = 0;
      digits = 0;
    }
  }
  if (digits === 0) return null;
  numbers.push(number);
  return numbers;
}

/** The list cut after its last item that is not zero. The given list may be the one that is returned. */
export function withoutZeros<T>(items: T[]): T[] {
  let end = items.length;
  while (end > 0 && items[end - 1] === 0) end -= 1;
  return end === items.length ? items : items.slice(0, end);
}
