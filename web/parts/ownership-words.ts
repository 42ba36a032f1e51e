import type { Ownership } from '#server/schemas/ownership.ts';

/** Why an owner is to be confirmed, in a few words. */
export const reasonWords: Readonly<Record<NonNullable<Ownership['reason']>, string>> = {
  disclaimed: 'not theirs, they say',
  'owner-changed': 'sources name another owner since',
  inferred: 'a guess of CODEOWNERS',
  'confirmer-left': 'who confirmed it has left',
  'confirmer-moved': 'who confirmed it is in another team',
  old: 'confirmed long ago',
  never: 'never confirmed',
};

/** The same, as short as a filter. */
export const reasonNames: Readonly<Record<NonNullable<Ownership['reason']>, string>> = {
  disclaimed: 'Disclaimed',
  'owner-changed': 'Owner changed',
  inferred: 'A guess',
  'confirmer-left': 'Confirmer left',
  'confirmer-moved': 'Confirmer moved',
  old: 'Confirmed long ago',
  never: 'Never confirmed',
};

/** Every reason, most pressing first. */
export const reasons = Object.keys(reasonNames) as readonly NonNullable<Ownership['reason']>[];

/** How sure an owner is, and what follows from it. */
export const certaintyWords: Readonly<Record<Ownership['certainty'], string>> = {
  confirmed: 'Confirmed',
  declared: 'Declared by a file',
  inferred: 'A guess: no clock runs',
  none: 'Nobody: clocks are the office’s',
};
