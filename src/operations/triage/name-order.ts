import type { Estate } from '#estate/estate.ts';

/** Names of slots as numbers in their order; slots with no name stand behind all others. */
export type NameOrder = {
  /** By slot: place in `distinct`, its length for none. */
  readonly rank: Uint32Array;
  /** In order of code units. */
  readonly distinct: readonly string[];
  /** The place of a name; between two places where nothing has it any more. */
  rankOfName(name: string): number;
};

type Kept = { readonly names: (string | null)[]; readonly order: NameOrder };

const kept = new WeakMap<Estate, Map<string, Kept>>();

/** The names of an estate's slots in order, kept until one of them changes: sorting a hundred thousand takes longer than showing a page. */
export function groupOfNames(estate: Estate, what: string, count: number, nameOf: (slot: number) => string | null): NameOrder {
  const known = kept.get(estate) ?? new Map<string, Kept>();
  kept.set(estate, known);
  const before = known.get(what);
  if (before?.names.length === count && before.names.every((name, slot) => name === nameOf(slot))) return before.order;
  const names = Array.from({ length: count }, (_, slot) => nameOf(slot));
  const order = orderOf(names);
  known.set(what, { names, order });
  return order;
}

function orderOf(names: readonly (string | null)[]): NameOrder {
  const distinct = [...new Set(names.filter((name) => name !== null))].sort();
  const place = new Map(distinct.map((name, at) => [name, at]));
  return {
    rank: Uint32Array.from(names, (name) => (name === null ? distinct.length : (place.get(name) ?? 0))),
    distinct,
    rankOfName(name) {
      const known = place.get(name);
      if (known !== undefined) return known;
      const next = distinct.findIndex((each) => each > name);
      return (next === -1 ? distinct.length : next) - 0.5;
    },
  };
}
