/** A number of any size: bigint only past 15 digits, where a double is no longer exact. The two compare with `<` and `>`. */
export type Numeral = number | bigint;

/** The value of a run of decimal digits. The caller has checked that there is nothing else in it. */
export function numeralOf(digits: string): Numeral {
  return digits.length <= 15 ? Number(digits) : BigInt(digits);
}

/** -1, 0 or 1 for two values that `<` can compare: both numerals, or both strings (by code unit). */
export function signOf<T extends Numeral | string>(a: T, b: T): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
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
