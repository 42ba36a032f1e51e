/** Who was named to be asked about packages, by purl without version, oldest first. */
export type Stewardships = Map<string, readonly Stewardship[]>;

/** From when until when somebody is asked about a package. `steward` is a person's pseudonym or `team:…`; null: nobody any more. Unix milliseconds. */
export type Stewardship = {
  readonly steward: string | null;
  readonly from: number;
  readonly until: number | null;
  readonly by: string;
  readonly at: number;
  readonly seq: number;
};

/** Who is asked about a package at a moment: what was said last of those that have begun, until it ends. Null for nobody. */
export function stewardOf(stewardships: Stewardships, purl: string, now: number): Stewardship | null {
  const last = stewardships.get(purl)?.findLast(({ from }) => from <= now) ?? null;
  return last === null || last.steward === null || (last.until !== null && last.until <= now) ? null : last;
}
