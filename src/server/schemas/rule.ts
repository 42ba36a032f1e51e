import { z } from 'zod';
import { ListQuery, listOf, sortBy } from './list.ts';
import { RowsQuery } from './figure.ts';
import { Severity } from './severity.ts';

const count = z.number().int().nonnegative();

/** One way of judging facts, with what it says of what may be seen now. */
export const RuleStatus = z.object({
  id: z.string(),
  title: z.string(),
  finds: z.string(),
  cannotSee: z.string(),
  explain: z.string(),
  remedy: z.string(),
  /** `on`: its findings are dealt with; `metric`: they are counted; `off`: they are not made. */
  use: z.enum(['on', 'metric', 'off']),
  /** Its settings in the policy in force, defaults included. */
  settings: z.record(z.string(), z.unknown()),
  /** Of its findings; null where each has its own. */
  severity: Severity.nullable(),
  /** How many it finds; null when it is off. */
  findings: count.nullable(),
  /** Of how much of what it looks at something is known; null where every match counts, or when it is off. */
  coverage: z
    .object({
      unit: z.enum(['uses', 'components', 'files']),
      known: count,
      total: count,
      /** Why nothing is known of the rest, most frequent first. */
      unknown: z.array(z.object({ because: z.string(), count })),
    })
    .nullable(),
  /** What in a list page shows exactly what was counted; null when it is off. */
  rowsQuery: RowsQuery.nullable(),
  remit: z.object({
    mode: z.enum(['own', 'feed', 'mirror', 'off']),
    system: z.string(),
    responsible: z.string(),
    accountable: z.string(),
    consulted: z.array(z.string()),
    informed: z.array(z.string()),
  }),
});
export type RuleStatus = z.infer<typeof RuleStatus>;

/** Every rule of this build, by the policy in force. */
export const RuleStatuses = z.object({ policy: z.object({ version: z.number().int(), hash: z.string() }), items: z.array(RuleStatus) });
export type RuleStatuses = z.infer<typeof RuleStatuses>;

/** Narrows what a rule found. */
export const RuleRowQuery = ListQuery.extend({
  team: z.string().optional(),
  owner: z.enum(['none', 'some']).optional(),
  component: z.string().optional(),
  sort: sortBy(['component', 'team', 'package', 'since'], 'component'),
});
export type RuleRowQuery = z.infer<typeof RuleRowQuery>;

/** One thing that an observed rule finds now, whether its findings are dealt with or only counted. */
export const RuleRow = z.object({
  component: z.object({ ref: z.string(), name: z.string() }),
  team: z.string().nullable(),
  package: z.object({ purl: z.string(), name: z.string() }).nullable(),
  subject: z.string(),
  reason: z.string(),
  /** UTC day since when it is so. */
  since: z.iso.date(),
  severity: Severity,
  /** Id of the finding, also of one that there is only once the policy uses the rule. */
  id: z.string(),
});
export type RuleRow = z.infer<typeof RuleRow>;

/** One page of what a rule finds. */
export const RuleRowList = listOf(RuleRow);
export type RuleRowList = z.infer<typeof RuleRowList>;
