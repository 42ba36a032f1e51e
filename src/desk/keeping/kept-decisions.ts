import { z } from 'zod';
import type { Act } from '#model/act.ts';
import type { DecisionAbout, DecisionKind, KeptDecision } from '#model/decision.ts';
import { GivenId } from '../people/schemas.ts';

/** What an act retires, deletes, erases or lets in again. */
export const KeptThing = z.strictObject({
  id: GivenId,
  about: z.enum(['component', 'origin', 'upload', 'raw']),
  /** Ref of the component, origin of the source, id of the receipt, or hash of the bytes. */
  subject: z.string().min(1).max(2000),
});
export type KeptThing = z.infer<typeof KeptThing>;

/** The same for what ends another decision. */
export const EndOfDecision = KeptThing.extend({ ends: z.string().min(1).max(100) });
export type EndOfDecision = z.infer<typeof EndOfDecision>;

/** Why, and on what authority. */
export const WhyKept = z.strictObject({
  reason: z.string().trim().min(1).max(10_000),
  authority: z.string().trim().min(1).max(500),
  /** As whom somebody at the machine named themselves. */
  by: z.string().max(200).nullable().default(null),
});
export type WhyKept = z.infer<typeof WhyKept>;

/** What stands decided about what the office keeps, by id; what was ended is not in it. */
export type KeptDecisions = Map<string, KeptDecision>;

/** The kinds of act and the decisions that they are. */
export const decisionOfAct: Readonly<Record<string, DecisionKind>> = {
  'retire-kept': 'retire',
  'return-kept': 'return',
  'delete-kept': 'delete',
  'erase-kept': 'erase',
  'readmit-kept': 'readmit',
  'place-hold': 'hold',
  'release-hold': 'release',
};

/** The natural key of what a decision is about, as the subject of its act. */
export function keyOfKept({ about, subject }: { readonly about: DecisionAbout; readonly subject: string }): string {
  return about === 'component' ? subject : `${about}:${subject}`;
}

type AnyBody = {
  readonly id?: string;
  readonly about?: DecisionAbout;
  readonly subject?: string;
  readonly ends?: string;
  readonly moved?: { readonly at: number };
  readonly on?: string;
  readonly reference?: string;
  readonly hold?: string;
};
type AnyWords = { readonly reason?: string; readonly authority?: string; readonly by?: string | null };

/** Those that are carried out once they are recorded. */
export const carriedOutKinds: readonly string[] = ['retire-kept', 'return-kept', 'delete-kept', 'erase-kept', 'readmit-kept'];

/** The decision that an act is; null for other acts. What a hold holds and a release ends is said by the hold alone. */
export function keptDecisionOf(act: Act): KeptDecision | null {
  const kind = decisionOfAct[act.kind];
  if (kind === undefined) return null;
  const { id, about, subject, ends = null, moved, on, reference, hold } = act.body as AnyBody;
  const words = act.words as AnyWords | null;
  const said = {
    ...{ seq: act.seq, kind },
    // What an upgrade or a restore moved here keeps its time and author.
    at: moved?.at ?? act.at,
    author: words?.by ?? act.actor,
    authority: words?.authority ?? reference ?? null,
    reason: words?.reason ?? null,
  };
  if (kind === 'hold') return { ...said, id: id ?? '', ...thingOfKey(on ?? ''), supersedes: null };
  if (kind === 'release') return { ...said, id: `${hold ?? ''}-released`, about: 'component', subject: '', supersedes: hold ?? null };
  return { ...said, id: id ?? '', about: about ?? 'component', subject: subject ?? '', supersedes: ends };
}

/** What a natural key names among what can be deleted and erased; other keys name nothing there, and are kept whole so that they meet nothing. */
export function thingOfKey(key: string): { readonly about: DecisionAbout; readonly subject: string } {
  const colon = key.indexOf(':');
  const [kind, rest] = [key.slice(0, Math.max(0, colon)), key.slice(colon + 1)];
  return kind === 'origin' || kind === 'upload' || kind === 'raw' ? { about: kind, subject: rest } : { about: 'component', subject: key };
}

/** Keeps what a decision by itself says. */
export function foldKept(kept: KeptDecisions, act: Act): void {
  const decision = keptDecisionOf(act);
  if (decision === null) return;
  if (decision.supersedes === null) kept.set(decision.id, decision);
  else kept.delete(decision.supersedes);
}
