/**
 * What a principal may see: everything, what these teams own, or everything but what these teams own. Every estate question takes one,
 * so that a restriction cannot be forgotten at one question. What no team owns is seen by those who see `all` or `all-but`.
 */
export type Visibility =
  | { readonly kind: 'all' }
  | { readonly kind: 'teams'; readonly teams: ReadonlySet<string> }
  | { readonly kind: 'all-but'; readonly teams: ReadonlySet<string> };

export const seesAll: Visibility = { kind: 'all' };

export const seesNothing: Visibility = { kind: 'teams', teams: new Set() };

/** One text for everybody who sees the same, for what is kept by it. */
export function visibilityKey(visibility: Visibility): string {
  return visibility.kind === 'all' ? 'all' : JSON.stringify([visibility.kind, ...[...visibility.teams].sort()]);
}
