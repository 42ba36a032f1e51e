import { z } from 'zod';
import { Problem } from './problem.ts';
import { SeverityCounts } from './severity.ts';

/** Where an uploaded SBOM belongs: the component it describes and the slot it replaces there. */
export const SbomQuery = z.strictObject({
  /** A component's name or ref; without it the SBOM's own subject names the component. */
  component: z.string().min(1).max(300).optional(),
  slot: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .default('default'),
});
export type SbomQuery = z.infer<typeof SbomQuery>;

/** What became of an upload. It is durable once this is answered; `read` and `failed` are final. */
export const SbomOutcome = z.object({
  id: z.string(),
  state: z.enum(['received', 'reading', 'read', 'failed']),
  receivedAt: z.iso.datetime(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
  slot: z.string(),
  /** Null until it is known. */
  component: z.string().nullable(),
  format: z.string().nullable(),
  packages: z.number().int().nonnegative().nullable(),
  findings: SeverityCounts.nullable(),
  problems: z.array(Problem),
});
export type SbomOutcome = z.infer<typeof SbomOutcome>;
