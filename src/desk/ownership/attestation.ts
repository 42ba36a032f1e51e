import { isActive, type People } from '../people/people.ts';
import type { SaidOwner } from './ownership.ts';

/** Why an owner is to be confirmed, most pressing first. */
export const attestationReasons = [
  /** The team said that it does not own it. */
  'disclaimed',
  /** Sources name another owner since it was confirmed. */
  'owner-changed',
  /** The owner is a guess; no clock runs until it is confirmed. */
  'inferred',
  'confirmer-left',
  /** Who confirmed it is not in the team any more. */
  'confirmer-moved',
  /** It was confirmed longer ago than the office lets stand. */
  'old',
  'never',
] as const;
export type AttestationReason = (typeof attestationReasons)[number];

/** An owner as sources name it, and what people said of that component last. */
export type Attested = { readonly owner: string; readonly isInferred: boolean; readonly said: SaidOwner | undefined };

/** Why an owner is to be confirmed; null while a confirmation stands. `months`: how long one stands. */
export function reasonToAttest({ owner, isInferred, said }: Attested, people: People, now: number, months: number): AttestationReason | null {
  if (said === undefined || said.said === 'withdrawn') return isInferred ? 'inferred' : 'never';
  if (said.owner !== owner) return 'owner-changed';
  if (said.said === 'disclaimed') return 'disclaimed';
  const by = people.get(said.by);
  if (by !== undefined && !isActive(by, now)) return 'confirmer-left';
  if (by !== undefined && said.wasMember && !by.teams.includes(owner)) return 'confirmer-moved';
  return monthsAfter(said.at, months) <= now ? 'old' : null;
}

/** The same day and time some months later; the last of that month where it has no such day. */
export function monthsAfter(at: number, months: number): number {
  const day = new Date(at);
  const wanted = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() + months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  return day.setUTCDate(Math.min(wanted, last));
}
