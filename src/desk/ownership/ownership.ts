/** What people said of who owns components, by ref: the last of it. */
export type Ownership = Map<string, SaidOwner>;

/** Somebody said that a team owns a component, that it does not, or took back what was said. It holds while sources name the same owner. */
export type SaidOwner = {
  readonly said: 'confirmed' | 'disclaimed' | 'withdrawn';
  /** The owner as sources named it then. */
  readonly owner: string;
  readonly by: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly seq: number;
  /** Whether who said so was in that team. */
  readonly wasMember: boolean;
};

/** What was said last, if it is of the owner that sources name now and stands; else null. */
export function saidOf(last: SaidOwner | undefined, owner: string | null): SaidOwner | null {
  return last !== undefined && last.owner === owner && last.said !== 'withdrawn' ? last : null;
}

/** True when somebody said that the team which sources name does not own it: then it is nobody's, and the office's. */
export function isDisclaimed(last: SaidOwner | undefined, owner: string | null): boolean {
  return saidOf(last, owner)?.said === 'disclaimed';
}
