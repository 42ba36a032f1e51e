import type { Scope } from '#model/reading.ts';
import { strongerScope } from './package-list.ts';

/** One use of a package by another; `optional` when the user works without it. */
export type Use = { readonly to: number; readonly optional: boolean };

/** A package that the project itself names, and as what. */
export type Root = { readonly index: number; readonly scope: Scope };

/** Strongest first: what is reached in a stronger way is settled before a weaker way is followed. */
const order: readonly Scope[] = ['runtime', 'provided', 'peer', 'optional', 'build', 'test', 'development'];

/**
 * Scope of each package by the strongest way that leads to it from the roots; undefined for what no root reaches.
 * What is only reached through optional uses is optional. Linear in packages and uses.
 */
export function scopesByReach(uses: readonly (readonly Use[])[], roots: readonly Root[]): readonly (Scope | undefined)[] {
  const scopes: (Scope | undefined)[] = uses.map(() => undefined);
  const waiting = new Map<Scope, number[]>(order.map((scope) => [scope, roots.filter((root) => root.scope === scope).map((root) => root.index)]));
  for (const scope of order) {
    const queue = waiting.get(scope) ?? [];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (scopes[next] !== undefined) continue;
      scopes[next] = scope;
      for (const use of uses[next] ?? []) {
        const weaker = use.optional && strongerScope(scope, 'optional') === scope ? 'optional' : scope;
        if (scopes[use.to] === undefined) waiting.get(weaker)?.push(use.to);
      }
    }
  }
  return scopes;
}
