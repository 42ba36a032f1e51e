import { z } from 'zod';
import { AsOf } from './list.ts';
import { Severity } from './severity.ts';

const number = z.int().nonnegative();

/** How far back to look, in weeks; not before the first observation. */
export const PackagePastQuery = z.strictObject({ weeks: z.coerce.number().int().min(1).max(2600).default(2600) });
export type PackagePastQuery = z.infer<typeof PackagePastQuery>;

/** How many components used a package at the end of each week, as known now, judged by what was published by then and says so today. */
export const PackagePast = z.object({
  /** Oldest first: the end of each week (Sunday, UTC), then of today. */
  points: z.array(
    z.object({
      day: z.iso.date(),
      affected: number,
      clear: number,
      /** The version was not known, or nothing tells of the ecosystem: never counted as clear. */
      unknown: number,
      /** Of how many of the components known now anything was observed by then. */
      observed: number,
    }),
  ),
  events: z.array(
    z.object({ day: z.iso.date(), kind: z.enum(['first-observation', 'advisory']), ids: z.array(z.string()), severity: Severity.nullable() }),
  ),
  /** Components known now. */
  known: number,
});
export type PackagePast = z.infer<typeof PackagePast>;

const FindingStep = z.object({ purl: z.string(), name: z.string(), ids: z.array(z.string()), severity: Severity });
const shown = 12;

/** A day on which something of a component changed, as known now. Lists hold the first twelve; the counts are of all. */
export const ComponentDay = z.object({
  day: z.iso.date(),
  /** True of the first day observed: what was there already did not change. */
  isFirst: z.boolean(),
  /** Package versions in use at its end. */
  inUse: number,
  observations: z.array(z.object({ receipt: z.string(), source: z.string(), revision: z.string().nullable() })),
  counts: z.object({ appeared: number, gone: number, changed: number, opened: number, closed: number }),
  packages: z
    .array(
      z.object({
        what: z.enum(['appeared', 'gone', 'changed']),
        purl: z.string(),
        name: z.string(),
        before: z.array(z.string()),
        after: z.array(z.string()),
      }),
    )
    .max(shown),
  opened: z.array(FindingStep).max(shown),
  closed: z.array(FindingStep).max(shown),
});
export type ComponentDay = z.infer<typeof ComponentDay>;

/** How many days to tell of, the newest; with `asOf` none after it. */
export const ComponentPastQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50), asOf: AsOf });
export type ComponentPastQuery = z.infer<typeof ComponentPastQuery>;

/** The days on which a component changed, newest first. */
export const ComponentPast = z.object({ days: z.array(ComponentDay), total: number });
export type ComponentPast = z.infer<typeof ComponentPast>;
