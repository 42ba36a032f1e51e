/** Where a decision came from that nobody made here, by its id. */
export type Imports = Map<string, Imported>;

/** One row of an imported file. Times are Unix milliseconds. */
export type Imported = {
  /** Id of the import that brought it. */
  readonly batch: string;
  /** Format of the file. */
  readonly source: string;
  /** Name of the file; null when it had none or its name was erased. */
  readonly file: string | null;
  /** SHA-256 (hex) of the file. */
  readonly sha256: string;
  readonly line: number | null;
  /** When it was said first; null when the file does not say. */
  readonly saidAt: number | null;
  /** Whether its end is the file's own; otherwise it ends so that it is looked at. */
  readonly hasOwnEnd: boolean;
};
