import type { z } from 'zod';
import type { Act, EntryHead } from '#model/act.ts';
import type { Actor } from '#model/actor.ts';
import type { DecisionAbout, DecisionKind } from '#model/decision.ts';
import type { Permission } from '#model/permission.ts';
import type { Desk } from './desk.ts';
import type { Extent } from './decisions/extent.ts';
import type { Predicate } from './decisions/predicate.ts';
import type { Refused } from './refused.ts';

/** What somebody wants to do, before it is judged. */
export type Command<Body = unknown, Words = unknown> = {
  readonly body: Body;
  readonly words: Words;
  readonly actor: Actor;
  /** Unix milliseconds. */
  readonly at: number;
  /** What the predicate of the body reaches now, as far as the actor may see it; null for kinds without one. */
  readonly extent: Extent | null;
  /** What each of the predicates reaches now, in their order; absent for kinds without several. */
  readonly extents?: readonly Extent[];
  /** Teams of the components that the body names; null stands for what no team owns. Empty for kinds that name none. */
  readonly teams: readonly (string | null)[];
  /** The entries of `entriesOf` that exist; none for kinds without. */
  readonly entries: readonly EntryHead[];
  /** How many of `deliveriesOf` exist and were given up; absent for kinds without. */
  readonly givenUp?: number;
};

/** One kind of thing that people do: one file in `acts/`. It gives the route, the check, the entry in the ledger and what follows from it. */
export type ActKind<Body = unknown, Words = unknown> = {
  /** As the ledger and the API name it; what a kind's body means never changes: another meaning is another kind. */
  readonly id: string;
  /** What it does, one short imperative sentence. */
  readonly summary: string;
  /** What one must be allowed, somewhere; `judge` says whether it holds for what the act is about. */
  readonly permission: Permission;
  /** Structure and pseudonyms only: it stays for good. */
  readonly body: z.ZodType<Body>;
  /** Names and free text, which can be erased; null when there are none. */
  readonly words: z.ZodType<Words> | null;
  /** The findings that it reaches, where it reaches any. */
  readonly predicateOf: ((body: Body) => Predicate) | null;
  /** The same for kinds that decide many things at once, one for each; those of decisions that are on the desk already come from there. */
  readonly predicatesOf: ((body: Body, desk: Desk) => readonly Predicate[]) | null;
  /** Refs of components that it is about: one that the actor may not see does not exist for them. */
  readonly componentsOf: ((body: Body) => readonly string[]) | null;
  /** Refs of components that what it is about may be about: one that is here and that the actor may not see does not exist for them; one that is not here yet is no matter. */
  readonly seenOf: ((body: Body, desk: Desk) => readonly string[]) | null;
  /** Numbers of ledger entries whose words are erased with it. */
  readonly entriesOf: ((body: Body) => readonly number[]) | null;
  /** Ids of deliveries that were given up and are tried again with it. */
  readonly deliveriesOf: ((body: Body) => readonly string[]) | null;
  /** What it decides of what the office keeps, where it does: it must be there, and what is removed must not be held. */
  readonly keptOf: ((body: Body) => { readonly decision: DecisionKind; readonly about: DecisionAbout; readonly subject: string }) | null;
  /** Natural key of what it is about. */
  readonly subjectOf: (body: Body) => string;
  /** Whether somebody else did something after act number `seen` that the actor should know first; null looks at the last act about the subject. */
  readonly isChangedSince: ((desk: Desk, command: Command<Body, Words>, seen: number) => boolean) | null;
  /** Null lets it happen. */
  readonly judge: (desk: Desk, command: Command<Body, Words>) => Refused | null;
  /** What the ledger keeps of the body: the body itself when absent. */
  readonly kept: ((desk: Desk, command: Command<Body, Words>) => unknown) | null;
  /** What follows from it; runs for every act of the kind ever done, in order, words erased or not. */
  readonly fold: (desk: Desk, act: Act) => void;
};

type Definition<Body, Words> = Pick<ActKind<Body, Words>, 'id' | 'summary' | 'permission' | 'body' | 'words' | 'subjectOf' | 'judge' | 'fold'> &
  Partial<
    Pick<
      ActKind<Body, Words>,
      'predicateOf' | 'predicatesOf' | 'componentsOf' | 'seenOf' | 'entriesOf' | 'keptOf' | 'deliveriesOf' | 'isChangedSince' | 'kept'
    >
  >;

/** Makes a kind of act; from here on its types are known to its own file only. */
export function actKind<Body, Words = null>(definition: Definition<Body, Words>): ActKind {
  return {
    predicateOf: null,
    predicatesOf: null,
    componentsOf: null,
    seenOf: null,
    entriesOf: null,
    keptOf: null,
    deliveriesOf: null,
    isChangedSince: null,
    kept: null,
    ...definition,
  } as unknown as ActKind;
}
