import { z } from 'zod';
import { GivenId, PersonId, TeamName } from '../people/schemas.ts';

/** Who is to see to something. */
export const Bearer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), id: PersonId }),
  z.strictObject({ kind: z.literal('team'), team: TeamName }),
]);

/** Why, in a few words. */
export const Reason = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** The case that an act is about, by its id. */
export const OnCase = z.strictObject({ case: GivenId });

/** Where something can be looked at. */
export const EvidenceLink = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s]+$/, 'An address that begins with http:// or https://')
  .nullable()
  .default(null);
