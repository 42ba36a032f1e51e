import { z } from 'zod';

/** Pseudonym of a person. */
export const PersonId = z.string().regex(/^person:[a-z2-7]{26}$/);

/** Id of a grant or token, given by who asks, so that asking twice does it once. */
export const GivenId = z.string().regex(/^[a-z2-7]{26}$/);

/** Name of a team, as components name it. */
export const TeamName = z.string().min(1).max(200);
