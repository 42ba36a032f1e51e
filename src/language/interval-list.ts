import type { Comparator } from './version-scheme.ts';

/**
 * The alternatives of `[1.0,2.0),(3.0,)` in the notation Maven and NuGet share: a square bracket includes its bound, a round one does not,
 * a missing bound is open. Null when it is not in that notation.
 */
export function parseIntervals(text: string): Comparator[][] | null {
  const alternatives: Comparator[][] = [];
  const next = /\s*([[(])([^\][()]*)([\])])\s*(?:,|$)/y;
  while (next.lastIndex < text.length) {
    const match = next.exec(text);
    const [, left = '', inner = '', right = ''] = match ?? [];
    const bounds = match === null ? null : intervalOf(left, inner.split(','), right);
    if (bounds === null) return null;
    alternatives.push(bounds);
  }
  return alternatives.length === 0 ? null : alternatives;
}

function intervalOf(left: string, parts: readonly string[], right: string): Comparator[] | null {
  const [low = '', high] = parts.map((part) => part.trim());
  if (parts.length > 2) return null;
  if (high === undefined) return left === '[' && right === ']' && low !== '' ? [{ operator: '=', version: low }] : null;
  const bounds: Comparator[] = [];
  if (low !== '') bounds.push({ operator: left === '[' ? '>=' : '>', version: low });
  if (high !== '') bounds.push({ operator: right === ']' ? '<=' : '<', version: high });
  return bounds;
}
