/** One release line of a product. */
export type Cycle = {
  /** As its makers count it: `4.2`, `3`. A version belongs to the longest name that it begins with, part by part. */
  readonly name: string;
  /** UTC day on which it is supported no more; null when nobody named one. */
  readonly endsOn: number | null;
};

/** A product with the packages that carry its versions. */
export type EndOfLifeProduct = {
  readonly product: string;
  readonly label: string;
  /** Link to where its makers say it. */
  readonly source: string;
  readonly cycles: readonly Cycle[];
};

/** Products by package: `ecosystem name`, the name normalised as its ecosystem does. */
export type EndOfLifeData = ReadonlyMap<string, EndOfLifeProduct>;

/** The release line of a version; null when it is in none that is known. */
export function cycleOf({ cycles }: EndOfLifeProduct, version: string): Cycle | null {
  const plain = version.replace(/^v/i, '');
  let found: Cycle | null = null;
  for (const cycle of cycles) {
    const isIn = plain === cycle.name || plain.startsWith(`${cycle.name}.`) || plain.startsWith(`${cycle.name}-`);
    if (isIn && cycle.name.length > (found?.name.length ?? 0)) found = cycle;
  }
  return found;
}
