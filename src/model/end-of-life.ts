/** A product with its release lines, as a feed or this build knows it. */
export type EndOfLifeRow = {
  /** Its name in the data: `spring-boot`. */
  readonly product: string;
  readonly label: string;
  /** Link to where its makers, or the data, say it. */
  readonly source: string;
  readonly cycles: readonly {
    /** As its makers count it: `4.2`, `3`. A version belongs to the longest name that it begins with, part by part. */
    readonly name: string;
    /** UTC day on which it is supported no more; null when nobody named one. */
    readonly endsOn: number | null;
  }[];
};
