import { z } from 'zod';
import { FindingKey } from '#desk/decisions/predicate.ts';
import { Justification, Response, Verdict } from '#desk/decisions/verdict.ts';
import { ListQuery, listOf, sortBy } from './list.ts';

/** Somebody by pseudonym; the name is the pseudonym where none is known or it was erased. */
export const Named = z.object({ id: z.string(), name: z.string() });
export type Named = z.infer<typeof Named>;

const standings = ['holds', 'unconfirmed', 'waiting', 'refused', 'superseded', 'withdrawn', 'expired'] as const;

/** A decision about findings, as it stands now, as far as the asker may see what it reaches. */
export const DeskDecision = z.object({
  id: z.string(),
  verdict: Verdict,
  by: Named,
  at: z.iso.datetime(),
  /** Null for one without an end. */
  until: z.iso.datetime().nullable(),
  /** Who bears an accepted risk. */
  owner: Named.nullable(),
  justification: Justification.nullable(),
  responses: z.array(Response),
  /** Both null once erased. */
  reason: z.string().nullable(),
  control: z.string().nullable(),
  /** What it names; `components` are those of single findings. */
  about: z.object({
    rule: z.string().nullable(),
    component: z.string().nullable(),
    team: z.string().nullable(),
    package: z.string().nullable(),
    range: z.string().nullable(),
    advisory: z.string().nullable(),
    components: z.array(z.string()),
  }),
  coversFuture: z.boolean(),
  /** Open findings it reached when it was made; null when some of them are not for the asker. */
  findings: z.number().int().nonnegative().nullable(),
  teams: z.array(z.string().nullable()),
  severities: z.array(z.string()),
  advisories: z.array(z.string()),
  standing: z.enum(standings),
  /** The second person. */
  approval: z.object({ by: Named, at: z.iso.datetime() }).nullable(),
  /** Number of the last act about it, to send as `expects`. */
  version: z.number().int().nonnegative(),
  may: z.object({
    approve: z.boolean(),
    /** Why not, in words; null when they may. */
    approveNot: z.string().nullable(),
    withdraw: z.boolean(),
  }),
});
export type DeskDecision = z.infer<typeof DeskDecision>;

/** Filters of the decisions about findings. */
export const DeskDecisionQuery = ListQuery.extend({
  standing: z.enum(standings).optional(),
  /** Those that name this component, by its first ref, or reach it. */
  component: z.string().optional(),
  /** Those that name this package; a purl without version. */
  package: z.string().optional(),
  /** Only those that wait for the asker as second person. */
  forMe: z.enum(['true']).optional(),
  sort: sortBy(['at', 'until'], '-at'),
});
export type DeskDecisionQuery = z.infer<typeof DeskDecisionQuery>;

/** One page of decisions about findings. */
export const DeskDecisionList = listOf(DeskDecision);
export type DeskDecisionList = z.infer<typeof DeskDecisionList>;

/** What people did about a finding, and what the asker may do. */
export const FindingDesk = z.object({
  /** Number of the last act that this answer knows: to send as `expects` with a decision. */
  seq: z.number().int().nonnegative(),
  /** Number of the last act about the finding itself: to send as `expects` with an assignment or comment. */
  version: z.number().int().nonnegative(),
  /** By which acts name it. */
  key: FindingKey,
  assignment: z.object({ to: Named.nullable(), by: Named, at: z.iso.datetime() }).nullable(),
  /** Oldest first; `text` is null once erased. */
  comments: z.array(z.object({ seq: z.number().int(), at: z.iso.datetime(), by: Named, text: z.string().nullable() })),
  /** Every decision that means it or was made for it, latest first. */
  decisions: z.array(DeskDecision),
  may: z.object({ propose: z.boolean(), decide: z.boolean() }),
  /** Who may decide it: those of its team first. */
  deciders: z.array(Named),
});
export type FindingDesk = z.infer<typeof FindingDesk>;
