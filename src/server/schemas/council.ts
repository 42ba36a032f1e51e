import { z } from 'zod';
import { deliveries, linkings, policyVerdicts } from '#model/licence.ts';
import { triggers } from '#desk/council/case-kind.ts';
import { lateWays } from '#desk/council/late-ways.ts';
import { councilFunctions } from '#desk/council/functions.ts';
import { Named } from './desk-decision.ts';
import { ListQuery, listOf, sortBy, YesNo } from './list.ts';

const time = z.iso.datetime();
const Says = z.enum(['yes', 'no', 'abstain']);
const Outcome = z.enum(['approved', 'approved-with-conditions', 'refused']);
const states = ['open', 'waiting', 'decided', 'lapsed', 'expired', 'withdrawn'] as const;
const conditionStates = ['open', 'claimed', 'met', 'overdue', 'dropped'] as const;
const Bearer = z.object({ kind: z.enum(['person', 'team']), id: z.string(), name: z.string() });

/** What of a case is compared with others. Null: not known, or nothing to the point. */
export const CaseFacts = z.object({
  /** A purl without version. */
  package: z.string().nullable(),
  version: z.string().nullable(),
  licence: z.string().nullable(),
  component: z.string().nullable(),
  delivery: z.enum(deliveries).nullable(),
  linking: z.enum(linkings).nullable(),
  modified: z.boolean().nullable(),
  time: z.enum(['firm', 'own']).nullable(),
  countries: z.array(z.string()),
});

/** A case of the council in a list. */
export const CouncilCase = z.object({
  id: z.string(),
  /** As people call it, `IP-12`. */
  name: z.string(),
  kind: z.string(),
  kindTitle: z.string(),
  /** Null once erased. */
  title: z.string().nullable(),
  team: z.string().nullable(),
  round: z.number().int(),
  facts: CaseFacts,
  /** `waiting`: for facts, its clock stands. `expired`: decided, but the decision holds no longer. `lapsed`: until a condition is met. */
  state: z.enum(states),
  outcome: Outcome.nullable(),
  /** Until when its decision holds; null without one. */
  until: time.nullable(),
  asked: time,
  opened: time,
  due: time,
  isOverdue: z.boolean(),
  /** Functions that must be there, and how many of them are. */
  needed: z.number().int(),
  served: z.number().int(),
  votes: z.number().int(),
  /** The asker may vote and has not. */
  waitsForMe: z.boolean(),
  conditionsOpen: z.number().int(),
});
export type CouncilCase = z.infer<typeof CouncilCase>;

/** Filters of the cases. */
export const CouncilCaseQuery = ListQuery.extend({
  /** `unsettled`: open, waiting or expired. */
  state: z.enum([...states, 'unsettled']).optional(),
  kind: z.string().optional(),
  team: z.string().optional(),
  forMe: z.enum(['true']).optional(),
  overdue: YesNo.optional(),
  sort: sortBy(['due', 'asked', 'name'], 'due'),
});
export type CouncilCaseQuery = z.infer<typeof CouncilCaseQuery>;

/** One page of them. */
export const CouncilCaseList = listOf(CouncilCase).extend({
  /** Over everything that the asker may see, whatever the filters. */
  counts: z.object({ open: z.number().int(), forMe: z.number().int(), overdue: z.number().int(), expired: z.number().int() }),
  /** Cases that are not settled, by kind. */
  kinds: z.array(z.object({ kind: z.string(), title: z.string(), count: z.number().int() })),
  /** Days from asking to the decision, of cases decided; null while there is none. */
  medianDays: z.number().nullable(),
});
export type CouncilCaseList = z.infer<typeof CouncilCaseList>;

/** A condition of an approval. */
export const CouncilCondition = z.object({
  id: z.string(),
  /** Null once erased. */
  text: z.string().nullable(),
  /** `claimed`: shown, and waits for the second person. `dropped`: its decision was asked again. */
  state: z.enum(conditionStates),
  second: z.boolean(),
  /** What follows when it is late: it is said, the council is asked again, or the approval is out of force until it is met. */
  late: z.enum(lateWays),
  due: time,
  owner: Bearer,
  case: z.object({ id: z.string(), name: z.string(), title: z.string().nullable() }),
  /** First ref; null where the case names none. */
  component: z.string().nullable(),
  claim: z.object({ at: time, by: Named, text: z.string().nullable(), link: z.string().nullable() }).nullable(),
  confirmed: z.object({ at: time, by: Named }).nullable(),
  may: z.object({ fulfil: z.boolean(), confirm: z.boolean() }),
});
export type CouncilCondition = z.infer<typeof CouncilCondition>;

/** Filters of the conditions. */
export const CouncilConditionQuery = ListQuery.extend({
  /** `unmet`: open, claimed or overdue. */
  state: z.enum([...conditionStates, 'unmet']).optional(),
  /** First ref. */
  component: z.string().optional(),
  sort: sortBy(['due'], 'due'),
});
export type CouncilConditionQuery = z.infer<typeof CouncilConditionQuery>;

/** One page of them. */
export const CouncilConditionList = listOf(CouncilCondition);
export type CouncilConditionList = z.infer<typeof CouncilConditionList>;

/** A part of a licence expression with its verdict. */
export type LicenceTree = {
  readonly kind: 'licence' | 'and' | 'or';
  readonly licence: string | null;
  readonly verdict: (typeof policyVerdicts)[number];
  readonly because: string;
  /** False for a branch that counsel did not choose. */
  readonly isReliedOn: boolean;
  /** For a branch of an OR, what would be relied on once it is chosen. */
  readonly rely: string | null;
  readonly of: readonly LicenceTree[];
};
export const LicenceTree: z.ZodType<LicenceTree> = z
  .object({
    kind: z.enum(['licence', 'and', 'or']),
    licence: z.string().nullable(),
    verdict: z.enum(policyVerdicts),
    because: z.string(),
    isReliedOn: z.boolean(),
    rely: z.string().nullable(),
    get of() {
      return z.array(LicenceTree);
    },
  })
  .meta({ id: 'LicenceTree' });

/** A case with everything that the asker may know of it. */
export const CouncilCaseDetail = CouncilCase.extend({
  /** Null once erased. */
  details: z.string().nullable(),
  asks: z.string(),
  form: z.record(z.string(), z.unknown()),
  requesters: z.array(Named),
  author: Named.nullable(),
  route: z.object({ track: z.enum(['fast', 'full']), functions: z.array(z.enum(councilFunctions)), because: z.array(z.string()) }),
  tally: z.object({
    yes: z.number().int(),
    no: z.number().int(),
    abstain: z.number().int(),
    missing: z.array(z.enum(councilFunctions)),
    hasQuorum: z.boolean(),
    /** Why it is not decided; null once it is. */
    hindrance: z.enum(['functions', 'voters', 'no-majority', 'legal', 'split', 'one-alone']).nullable(),
    /** Pseudonyms of those whose votes count. */
    counted: z.array(z.string()),
  }),
  /** Who sat when the roll was taken. */
  roll: z.array(
    z.object({
      person: Named,
      function: z.enum(councilFunctions),
      functionTitle: z.string(),
      deputyOf: Named.nullable(),
      conflict: z.enum(['requester', 'author', 'same-team', 'declared']).nullable(),
      /** They have the seat, and a role that gives them a vote. */
      hasVote: z.boolean(),
      says: Says.nullable(),
      votedAt: time.nullable(),
    }),
  ),
  /** Every vote, oldest first. */
  votes: z.array(
    z.object({
      seq: z.number().int(),
      at: time,
      person: Named,
      says: Says,
      /** Null once erased. */
      reason: z.string().nullable(),
      until: time.nullable(),
      counts: z.boolean(),
      conditions: z.array(
        z.object({ id: z.string(), text: z.string().nullable(), owner: Bearer, due: time, second: z.boolean(), late: z.enum(lateWays) }),
      ),
    }),
  ),
  interests: z.array(z.object({ person: Named, at: time, reason: z.string().nullable() })),
  questions: z.array(
    z.object({
      at: time,
      by: Named,
      text: z.string().nullable(),
      /** Fields of the form that are asked for. */ fields: z.array(z.string()),
      answer: z.object({ at: time, by: Named, text: z.string().nullable() }).nullable(),
    }),
  ),
  /** What the kind wants to see. */
  wanted: z.array(z.object({ id: z.string(), title: z.string(), isNeeded: z.boolean(), isThere: z.boolean() })),
  evidence: z.array(z.object({ at: time, by: Named, for: z.string().nullable(), text: z.string().nullable(), link: z.string().nullable() })),
  /** One for each round that was decided. */
  decisions: z.array(
    z.object({
      round: z.number().int(),
      at: time,
      outcome: Outcome,
      until: time.nullable(),
      triggers: z.array(z.enum(triggers)),
      ended: z.object({ at: time, because: z.enum(triggers) }).nullable(),
    }),
  ),
  conditions: z.array(CouncilCondition),
  /** Decisions about something alike: they bind nobody. */
  precedents: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      title: z.string().nullable(),
      outcome: Outcome,
      at: time,
      /** Weights of what both share over the weights of what this case knows. */
      score: z.number(),
      matched: z.array(z.object({ fact: z.string(), value: z.string(), weight: z.number() })),
    }),
  ),
  /** What the IP policy says; null where the case names no licence. */
  licence: z
    .object({
      text: z.string(),
      policy: z.string(),
      problem: z.string().nullable(),
      tree: LicenceTree.nullable(),
      /** What counsel chose of it for this package. */
      choice: z.object({ rely: z.string(), council: z.string().nullable() }).nullable(),
      contexts: z.array(
        z.object({ delivery: z.enum(deliveries), verdict: z.enum(policyVerdicts), leaves: z.array(z.enum(policyVerdicts)), isThis: z.boolean() }),
      ),
      obligations: z.array(z.object({ id: z.string(), title: z.string(), asks: z.string(), state: z.enum(['due', 'open']) })),
    })
    .nullable(),
  events: z.array(z.object({ seq: z.number().int(), at: time, by: Named, kind: z.string() })),
  /** Privileged: for counsel in person; null for everybody else, whether there is any or not. */
  advice: z.array(z.object({ at: time, by: Named, text: z.string().nullable() })).nullable(),
  /** Days for which an approval holds at most. */
  holdsDays: z.number().int(),
  /** To send as `expects`. */
  version: z.number().int(),
  may: z.object({
    vote: z.boolean(),
    /** Why not, in words. */
    voteNot: z.string().nullable(),
    askFacts: z.boolean(),
    answer: z.boolean(),
    addEvidence: z.boolean(),
    withdraw: z.boolean(),
    declareInterest: z.boolean(),
    route: z.boolean(),
    reopen: z.boolean(),
    advise: z.boolean(),
    /** Choose a branch of the licence expression. */
    choose: z.boolean(),
  }),
});
export type CouncilCaseDetail = z.infer<typeof CouncilCaseDetail>;

/** A seat in the council. */
export const CouncilSeat = z.object({
  id: z.string(),
  person: Named,
  function: z.enum(councilFunctions),
  functionTitle: z.string(),
  deputyOf: Named.nullable(),
  from: time,
  until: time.nullable(),
  isHeld: z.boolean(),
  /** They have the seat, and a role that gives them a vote. */
  hasVote: z.boolean(),
  ended: time.nullable(),
});
export type CouncilSeat = z.infer<typeof CouncilSeat>;

/** Filters of the seats. */
export const CouncilSeatQuery = ListQuery.extend({ held: YesNo.optional(), sort: sortBy(['function', 'from'], 'function') });
export type CouncilSeatQuery = z.infer<typeof CouncilSeatQuery>;

/** One page of them. */
export const CouncilSeatList = listOf(CouncilSeat);
export type CouncilSeatList = z.infer<typeof CouncilSeatList>;

const Format = z.enum(['md', 'html', 'txt', 'csv', 'json']).default('md');

/** How a case is written. */
export const CouncilCaseReportQuery = z.strictObject({ format: Format });
export type CouncilCaseReportQuery = z.infer<typeof CouncilCaseReportQuery>;

/** Of which days a report of the council is, and how it is written. */
export const CouncilReportQuery = z.strictObject({
  format: Format,
  /** First UTC day; absent: 30 days before the last. */
  from: z.iso.date().optional(),
  /** Last UTC day; absent: today. */
  until: z.iso.date().optional(),
});
export type CouncilReportQuery = z.infer<typeof CouncilReportQuery>;

/** What can be asked of the council. */
export const CouncilKinds = z.object({
  kinds: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      asks: z.string(),
      dueDays: z.number().int(),
      holdsDays: z.number().int(),
      evidence: z.array(z.object({ id: z.string(), title: z.string(), isNeeded: z.boolean() })),
      triggers: z.array(z.enum(triggers)),
      /** JSON Schema of the form (https://json-schema.org/draft/2020-12). */
      form: z.record(z.string(), z.unknown()),
    }),
  ),
  functions: z.array(z.object({ id: z.enum(councilFunctions), title: z.string() })),
});
export type CouncilKinds = z.infer<typeof CouncilKinds>;
