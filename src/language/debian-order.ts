import { isDigitCode } from './numeral.ts';

/**
 * -1, 0 or 1 for two texts as dpkg compares them, part by part: what is no digit by character (a tilde before everything, even the end;
 * letters before signs), what is digits by value. Makes no strings. https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export function orderDebian(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  let left = 0;
  let right = 0;
  while (left < a.length || right < b.length) {
    while (isWordAt(a, left) || isWordAt(b, right)) {
      const before = weightAt(a, left);
      const after = weightAt(b, right);
      if (before !== after) return before < after ? -1 : 1;
      left += 1;
      right += 1;
    }
    left = afterZeros(a, left);
    right = afterZeros(b, right);
    const leftEnd = afterDigits(a, left);
    const rightEnd = afterDigits(b, right);
    if (leftEnd - left !== rightEnd - right) return leftEnd - left < rightEnd - right ? -1 : 1;
    for (; left < leftEnd; left += 1, right += 1) {
      const difference = a.charCodeAt(left) - b.charCodeAt(right);
      if (difference !== 0) return difference < 0 ? -1 : 1;
    }
  }
  return 0;
}

/** The position after the zeros that stand at a position. */
export function afterZeros(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) === 0x30) at += 1;
  return at;
}

/** The position after the digits that stand at a position. */
export function afterDigits(text: string, from: number): number {
  let at = from;
  while (at < text.length && isDigitCode(text.charCodeAt(at))) at += 1;
  return at;
}

/** True when a character code is an ASCII letter. */
export function isLetterCode(code: number): boolean {
  const small = code | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

function isWordAt(text: string, at: number): boolean {
  return at < text.length && !isDigitCode(text.charCodeAt(at));
}

/** A digit weighs as much as the end. */
function weightAt(text: string, at: number): number {
  if (at >= text.length) return 0;
  const code = text.charCodeAt(at);
  if (code === 0x7e) return -1;
  if (isDigitCode(code)) return 0;
  return isLetterCode(code) ? code : code + 0x10000;
}
