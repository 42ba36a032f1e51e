import { z } from 'zod';
import { certainties } from '#desk/clocks/clock-kind.ts';
import { attestationReasons } from '#desk/ownership/attestation.ts';
import { ListQuery, listOf, sortBy, YesNo } from './list.ts';
import { Owner } from './owner.ts';

const Named = z.object({ id: z.string(), name: z.string() });

/** How sure it is who owns a component, and who said what of it last. */
export const Ownership = z.object({
  /** `none`: no source names an owner, or the one named says that it is not theirs. */
  certainty: z.enum(certainties),
  /** The last that was said; null when nothing was, or it was taken back. `owner` is the owner that sources named then. */
  said: z.object({ what: z.enum(['confirmed', 'disclaimed']), owner: z.string(), by: Named, at: z.iso.datetime() }).nullable(),
  /** Why it is to be confirmed; null while a confirmation stands, and where no source names an owner. */
  reason: z.enum(attestationReasons).nullable(),
  /** Whether whoever asks may confirm or disclaim. */
  mayAnswer: z.boolean(),
});
export type Ownership = z.infer<typeof Ownership>;

/** One component and how its owner stands. */
export const Attestation = z.object({
  component: z.object({ ref: z.string(), name: z.string() }),
  owner: Owner,
  ...Ownership.shape,
  /** Until when the confirmation stands; null where none does. */
  until: z.iso.datetime().nullable(),
});
export type Attestation = z.infer<typeof Attestation>;

/** Filters of the owners to be confirmed. */
export const AttestationQuery = ListQuery.extend({
  team: z.string().optional(),
  component: z.string().optional(),
  /** `due`: to be confirmed, which is what is listed when absent; `confirmed`: those that stand. */
  state: z.enum(['due', 'confirmed', 'any']).default('due'),
  reason: z.enum(attestationReasons).optional(),
  /** Only those that whoever asks may answer, or may not. */
  mine: YesNo.optional(),
  sort: sortBy(['reason', 'name', 'team', 'confirmed'], 'reason'),
});
export type AttestationQuery = z.infer<typeof AttestationQuery>;

/** One page of owners to be confirmed, the most pressing reason first. */
export const AttestationList = listOf(Attestation).extend({
  /** Components with an owner that the asker may see. */
  base: z.number().int().nonnegative(),
  /** How many months a confirmation stands. */
  months: z.number().int().positive(),
  /** Counts under the other filters. */
  reasons: z.array(z.object({ value: z.enum(attestationReasons), count: z.number().int().nonnegative() })),
});
export type AttestationList = z.infer<typeof AttestationList>;

/** Who is asked about a package. */
export const Steward = z.object({
  kind: z.enum(['person', 'team']),
  /** A person's pseudonym, or the team's name. */
  id: z.string(),
  name: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  by: Named,
  /** The person left the firm: somebody else is to be named. */
  hasLeft: z.boolean(),
});
export type Steward = z.infer<typeof Steward>;
