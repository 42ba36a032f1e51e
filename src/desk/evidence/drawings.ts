import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { TeamName } from '../people/schemas.ts';

/** What evidence can be drawn of. */
export const populations = ['findings', 'decisions', 'exceptions', 'components'] as const;

const day = z.iso.date();

/** What an auditor asks for. Days are UTC, `YYYY-MM-DD`; each counts to its end. */
export const EvidenceQuestion = z.strictObject({
  population: z.enum(populations),
  /** Only what belongs to this team; null for all. Decisions reach teams, and belong to each of them. */
  team: TeamName.nullable().default(null),
  /** Only findings of this severity; null for all. */
  severity: z.enum(severityLevels).nullable().default(null),
  /** Natural key that a row must name: a component's ref, a purl without version, or any id of an advisory; null for all. */
  about: z
    .string()
    .regex(/^[A-Za-z0-9][\x21-\x7e]{2,999}$/)
    .nullable()
    .default(null),
  /** The day whose state is meant (when it was true). */
  asOf: day,
  /** Nothing that was learnt or decided after this day counts. */
  known: day,
  /** What the sample is drawn by. */
  seed: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/)
    .default('1'),
  /** Rows in the sample. */
  size: z.number().int().min(1).max(10_000).default(25),
});
export type EvidenceQuestion = z.infer<typeof EvidenceQuestion>;

/** Evidence that somebody drew. */
export type Drawing = { readonly id: string; readonly by: string; readonly at: number; readonly question: EvidenceQuestion };

/** Evidence that was drawn, by id. */
export type Drawings = Map<string, Drawing>;
