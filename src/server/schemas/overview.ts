import { z } from 'zod';
import { Figure, RowsQuery } from './figure.ts';
import { Finding } from './finding.ts';
import { SeverityCounts } from './severity.ts';
import { Source } from './source.ts';

/** The open findings of one team's components. */
export const TeamRisk = z.object({
  /** Null: components without an owner. */
  team: z.string().nullable(),
  components: z.number().int().nonnegative(),
  /** Components of it that were never read, so that their findings are not known. */
  unread: z.number().int().nonnegative(),
  stale: z.number().int().nonnegative(),
  /** Null when the asker may not see them. */
  findings: SeverityCounts.nullable(),
  rowsQuery: RowsQuery,
});
export type TeamRisk = z.infer<typeof TeamRisk>;

/** The whole estate on one page: what we run, how sure we are, what needs us. Of a past day all but `troubles` is as it was then, with today's owners. */
export const Overview = z.object({
  generatedAt: z.iso.datetime(),
  /** The state of the estate it was computed from. */
  epoch: z.number().int(),
  seq: z.number().int(),
  /** In the order shown: components known, read in seven days (of a past day: observed by then), owned, packages with a resolved version. */
  figures: z.array(Figure),
  /** Totals of `teams`; the sum of its rows that the asker may see. */
  findings: SeverityCounts,
  teams: z.array(TeamRisk),
  /** Open findings, known exploited first, then most severe, then newest; at most eight. */
  urgent: z.array(Finding),
  /** Open findings by when they were opened (of a past day: by when the exposure began), newest first, at most eight. */
  newest: z.array(Finding),
  /** Sources that are not fresh or met problems now, worst first, at most eight. */
  troubles: z.array(Source),
});
export type Overview = z.infer<typeof Overview>;

/** What every page's frame shows: name of the estate, sizes of the lists, coverage, the days that can be asked for. */
export const EstateStatus = z.object({
  name: z.string(),
  epoch: z.number().int(),
  seq: z.number().int(),
  generatedAt: z.iso.datetime(),
  /** First day anything was observed; null when nothing was. */
  firstDay: z.iso.date().nullable(),
  /** Components read within seven days out of those known; of a past day those observed by then. */
  coverage: z.object({ read: z.number().int().nonnegative(), known: z.number().int().nonnegative() }),
  components: z.number().int().nonnegative(),
  packages: z.number().int().nonnegative(),
  findings: z.number().int().nonnegative(),
  sources: z.number().int().nonnegative(),
  sourcesInTrouble: z.number().int().nonnegative(),
});
export type EstateStatus = z.infer<typeof EstateStatus>;
