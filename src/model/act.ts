/**
 * One thing that somebody did in the office, as the ledger keeps it: who, when, of what kind, about what. `Body` is its structure, without names and
 * free text; those are `words`, which can be erased while the chain goes on holding.
 */
export type Act<Body = unknown, Words = unknown> = {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly kind: string;
  /** Pseudonym of who did it: `person:…`, `token:…`, `link` for whoever came by a login link, `office` for the program itself. */
  readonly actor: string;
  /** Natural key of what it is about: `finding:…`, `component:…`, `person:…`, `policy`. */
  readonly subject: string;
  readonly body: Body;
  /** Null when it has none, or when they were erased; `areWordsErased` tells which. */
  readonly words: Words | null;
  readonly areWordsErased: boolean;
};

/** An act as it lies in the store: chained, its words apart. Texts are canonical JSON. */
export type LedgerEntry = {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly subject: string;
  readonly body: string;
  /** SHA-256 (hex) over salt and words; null when it has none. */
  readonly commitment: string | null;
  /** Hash of the entry before; empty for the first. */
  readonly previous: string;
  readonly hash: string;
};

/** What an entry is about, without what it says. */
export type EntryHead = Pick<LedgerEntry, 'seq' | 'at' | 'kind' | 'actor' | 'subject'>;

/** The words of one entry. */
export type LedgerWords = { readonly seq: number; readonly salt: string; readonly text: string };

/** An entry with its words; `words` is null when it has none or they were erased. */
export type KeptEntry = LedgerEntry & { readonly words: { readonly salt: string; readonly text: string } | null };
