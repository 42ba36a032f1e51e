/** Names and identities of a person, as last said. All of it can be erased. */
export type PersonWords = {
  readonly name: string | null;
  /** The parts of the name, where a directory says them. */
  readonly given?: string | null;
  readonly family?: string | null;
  /** What they sign in with at this office; unique without regard to case. */
  readonly user: string | null;
  readonly email: string | null;
  /** How other systems name them: issuer and subject of OpenID Connect, system and id of a directory. */
  readonly external: readonly { readonly system: string; readonly id: string }[];
};

/** Somebody known here. The structure stays when the words are erased. */
export type Person = {
  /** `person:` and 26 characters of base32. */
  readonly id: string;
  /** Teams, the own one first. */
  readonly teams: readonly string[];
  /** Legal entity. */
  readonly entity: string | null;
  readonly function: string | null;
  readonly costCentre: string | null;
  /** What they do for a living, in the firm's words; it allows nothing here. */
  readonly jobRole: string | null;
  /** Pseudonym of the manager. */
  readonly manager: string | null;
  readonly source: 'csv' | 'scim' | 'local' | 'oidc';
  readonly active: boolean;
  /** Unix milliseconds from which they are gone; null means not known to leave. */
  readonly leaves: number | null;
  /** When they were first known here. */
  readonly since: number;
  /** Number and time of the act that said so last. */
  readonly seq: number;
  readonly at: number;
  /** Null once erased. */
  readonly words: PersonWords | null;
  /** Numbers of the acts that hold words about them: what erasing them erases. */
  readonly wordsIn: readonly number[];
};

/** Everybody known here, by pseudonym. */
export type People = Map<string, Person>;

/** True while somebody belongs to the firm, as far as is known. */
export function isActive(person: Pick<Person, 'active' | 'leaves'>, now: number): boolean {
  return person.active && (person.leaves === null || person.leaves > now);
}

/** The person with this pseudonym, user name or mail address; null when there is none, or more than one. */
export function personNamed(people: People, name: string): Person | null {
  const known = people.get(name);
  if (known !== undefined) return known;
  const wanted = name.toLowerCase();
  const byUser = [...people.values()].filter((each) => each.words?.user?.toLowerCase() === wanted);
  const found = byUser.length > 0 ? byUser : [...people.values()].filter((each) => each.words?.email?.toLowerCase() === wanted);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The person with this user name; null when there is none. */
export function personByUser(people: People, user: string): Person | null {
  const wanted = user.toLowerCase();
  for (const each of people.values()) if (each.words?.user?.toLowerCase() === wanted) return each;
  return null;
}

/** The person that another system names so; null when there is none. */
export function personByExternal(people: People, system: string, id: string): Person | null {
  for (const each of people.values()) if (each.words?.external.some((known) => known.system === system && known.id === id) === true) return each;
  return null;
}

/** What a person is called; the pseudonym once their name is erased. */
export function nameOf(people: People, id: string): string {
  const words = people.get(id)?.words;
  return words?.name ?? words?.user ?? id;
}
