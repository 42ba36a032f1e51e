import type { FindingKey } from './predicate.ts';

/** Who deals with what, by finding id. */
export type Assignments = Map<string, Assignment>;

/** `to` is a person's pseudonym or `team:…`; null means that it was given back and nobody has it. `finding` names it by natural keys. */
export type Assignment = {
  readonly finding: FindingKey;
  readonly to: string | null;
  readonly by: string;
  readonly at: number;
  readonly seq: number;
};

/** What people said about something, by its subject, oldest first. */
export type Comments = Map<string, readonly Comment[]>;

/** `text` is null once erased. */
export type Comment = { readonly seq: number; readonly at: number; readonly by: string; readonly text: string | null };
