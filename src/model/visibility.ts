/**
 * What a principal may see. Every estate question takes one, also while there is only `all`,
 * so that a later restriction cannot be forgotten at one question.
 */
export type Visibility = { readonly kind: 'all' } | { readonly kind: 'teams'; readonly teams: ReadonlySet<string> };

export const seesAll: Visibility = { kind: 'all' };
