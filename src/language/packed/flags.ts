import type { Scope } from '#model/reading.ts';

/** Order of weight: where one package version stands in several scopes of one inventory, the first here is shown. Positions are stored: append only. */
const scopes: readonly Scope[] = ['runtime', 'provided', 'optional', 'peer', 'build', 'test', 'development'];

/** Scope and directness in one byte: bits 0–2 scope, bits 3–4 direct (0 unknown, 1 no, 2 yes). */
export function flagsOf(scope: Scope, direct: boolean | null): number {
  return scopes.indexOf(scope) | ((direct === null ? 0 : direct ? 2 : 1) << 3);
}

/** The scope in the flags. */
export function scopeOf(flags: number): Scope {
  return scopes[flags & 7] ?? 'runtime';
}

/** Whether it is named by the component itself; null when the file could not tell. */
export function directOf(flags: number): boolean | null {
  const bits = (flags >> 3) & 3;
  return bits === 0 ? null : bits === 2;
}

/** Flags of one package version that stands twice in an inventory: the weightier scope, direct if either is. */
export function mergedFlags(a: number, b: number): number {
  return Math.min(a & 7, b & 7) | (Math.max((a >> 3) & 3, (b >> 3) & 3) << 3);
}
