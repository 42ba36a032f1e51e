import { z } from 'zod';
import { AsOf, ListQuery, YesNo, listOf, sortBy } from './list.ts';
import { ReceiptSummary } from './receipt.ts';
import { Severity, SeverityCounts } from './severity.ts';
import { actions } from '#model/action.ts';
import { contexts, exposures, tiers } from '#model/profile.ts';
import { certainties, clockKinds } from '#desk/clocks/clock-kind.ts';
import { triageStates } from '#desk/triage/triage-state.ts';

/** A CVSS score as one record gives it. */
export const Cvss = z.object({ version: z.string(), score: z.number().min(0).max(10), vector: z.string(), source: z.string() });
export type Cvss = z.infer<typeof Cvss>;

/** EPSS: the chance of being exploited in the next 30 days, 0 to 1, with the day of the score. */
export const Epss = z.object({ score: z.number().min(0).max(1), percentile: z.number().min(0).max(1), date: z.iso.date() });
export type Epss = z.infer<typeof Epss>;

const StageState = z.enum(['affected', 'clean', 'unknown']);

/** One judgement over facts: a package in a component that an advisory hits. */
export const Finding = z.object({
  /** Stable over time; `GET /v1/findings/{id}` also takes an id made from any other member of the advisory group. */
  id: z.string(),
  /** From 1; a finding that comes back keeps its id and counts up. */
  episode: z.number().int().positive(),
  rule: z.string(),
  /** What it is about: for a vulnerability the purl without version. */
  subject: z.string(),
  package: z.object({ purl: z.string(), ecosystem: z.string().nullable(), name: z.string() }).nullable(),
  /** Versions of the package in that component that are hit; empty when the version in use is not known. */
  versions: z.array(z.string()),
  component: z.object({ ref: z.string(), name: z.string() }),
  /** Null when the component has no owner. */
  team: z.string().nullable(),
  /** The alias group, the id that people know first: CVE, then GHSA, then others. Null for findings of another kind. */
  advisory: z.object({ key: z.string(), ids: z.array(z.string()) }).nullable(),
  title: z.string(),
  severity: Severity,
  /** The score the severity rests on; null when no record has a vector. */
  cvss: Cvss.nullable(),
  epss: Epss.nullable(),
  /** Day it was added to the list of known exploited vulnerabilities; null when it is not on it. */
  kev: z.object({ added: z.iso.date() }).nullable(),
  /** When both the use and the advisory were known to us. */
  opened: z.iso.datetime(),
  /** Valid time, UTC days; null `until` means still exposed. */
  exposure: z.object({ from: z.iso.date(), until: z.iso.date().nullable() }),
  state: z.enum(['open', 'fixed', 'withdrawn', 'retracted', 'not-affected', 'retired']),
  /** Why it was judged so, one sentence. */
  reason: z.string(),
  /** Nearest fixed version; null when no record names one. */
  fix: z.string().nullable(),
  /** Since when its facts could not be confirmed; null when they are fresh. */
  staleSince: z.iso.datetime().nullable(),
  /** How it stands on the desk, by decisions and by what evidence shows; null, as all that follows, for one that is over. */
  triage: z.enum(triageStates).nullable(),
  /** What it asks for. */
  action: z.enum(actions).nullable(),
  /** 0 to 100; only puts findings of one action in order. */
  risk: z.number().min(0).max(100).nullable(),
  /** When it is due; null where no clock runs. */
  due: z.iso.datetime().nullable(),
  overdue: z.boolean(),
  /** Whether time runs for it, and if not, why. */
  clock: z.enum(clockKinds).nullable(),
  /** The day by which an upgrade of the baseline is planned; null for what is no part of it. */
  planned: z.iso.date().nullable(),
  /** A person's pseudonym or `team:…`; null when nobody has it. */
  assignee: z.string().nullable(),
  /** How sure it is who answers for the component. */
  ownerCertainty: z.enum(certainties).nullable(),
  /** Whether source, build and deployment still have it; `unknown` where there is no evidence of the stage. */
  stages: z.object({ source: StageState, built: StageState, deployed: StageState }).nullable(),
});
export type Finding = z.infer<typeof Finding>;

function oneOrMore(words: readonly string[]): z.ZodOptional<z.ZodString> {
  const one = `(${words.join('|')})`;
  return z
    .string()
    .regex(new RegExp(`^${one}(,${one})*$`))
    .optional();
}

/** Filters of the findings list: open ones unless `state` says otherwise. */
export const FindingQuery = ListQuery.extend({
  rule: z.string().optional(),
  /** Comma separated severities. */
  severity: z
    .string()
    .regex(/^(critical|high|unknown|medium|low)(,(critical|high|unknown|medium|low))*$/)
    .optional(),
  team: z.string().optional(),
  /** `none`: only those of components without an owner. */
  owner: z.enum(['none', 'some']).optional(),
  component: z.string().optional(),
  /** A purl, without version or with one. */
  package: z.string().optional(),
  /** Any id of an advisory group. */
  advisory: z.string().optional(),
  kev: YesNo.optional(),
  /** Whether a fixed version is known. */
  fixable: YesNo.optional(),
  stale: YesNo.optional(),
  state: z.enum(['open', 'closed', 'any']).default('open'),
  /** Opened on that UTC day or later. */
  openedFrom: z.iso.date().optional(),
  /** Opened before that UTC day. */
  openedUntil: z.iso.date().optional(),
  /** Comma separated, as the field of that name. */
  triage: oneOrMore(triageStates),
  action: oneOrMore(actions),
  clock: oneOrMore(clockKinds),
  certainty: oneOrMore(certainties),
  /** Whether it is due already. */
  overdue: YesNo.optional(),
  /** Due within so many days, overdue ones included. */
  dueWithin: z.coerce.number().int().min(0).max(3650).optional(),
  /** Whether it was there at the first look and is planned instead. */
  baseline: YesNo.optional(),
  /** Who has it; `none` for what nobody has. */
  assignee: z.string().optional(),
  /** Whether it is the asker's to deal with: given to them or one of their teams, or to nobody and of one of their teams. */
  mine: YesNo.optional(),
  asOf: AsOf,
  /** `risk`: by action, then due, then the risk number. */
  sort: sortBy(['severity', 'risk', 'due', 'opened', 'component', 'package', 'team', 'epss', 'cvss'], 'severity'),
});
export type FindingQuery = z.infer<typeof FindingQuery>;

/** One page of findings. */
export const FindingList = listOf(Finding);
export type FindingList = z.infer<typeof FindingList>;

/** Why an advisory record hits the version: the last link on the advisory's side of the chain. */
export const ExplainMatch = z.object({
  advisoryId: z.string(),
  version: z.string().nullable(),
  verdict: z.enum(['affected', 'unknown']),
  /** The range that matched as text (`>= 2.13.0, < 2.15.0`) or the listed version; null when the verdict is unknown. */
  range: z.string().nullable(),
  /** How the range is meant: by the ecosystem's order, by SemVer, or a listed version. */
  rangeKind: z.enum(['ECOSYSTEM', 'SEMVER', 'listed']).nullable(),
  fixedIn: z.string().nullable(),
  modified: z.iso.datetime(),
  receipt: ReceiptSummary.nullable(),
  /** Hash of the record's bytes as received. */
  rawHash: z.string().nullable(),
});
export type ExplainMatch = z.infer<typeof ExplainMatch>;

/** Where the package was seen: the fact, the reading that gave it, the observation it was read from, the bytes. */
export const ExplainFact = z.object({
  purl: z.string().nullable(),
  version: z.string().nullable(),
  /** The range as written where there is no resolved version. */
  range: z.string().nullable(),
  evidence: z.object({ kind: z.enum(['lockfile', 'manifest', 'sbom']), path: z.string() }),
  scope: z.string(),
  direct: z.boolean().nullable(),
  /** Shortest chain of `name@version` from the component to the package; empty when the file has no edges. */
  via: z.array(z.string()),
  since: z.iso.date(),
  reading: z.object({ format: z.string(), formatVersion: z.number().int(), readAt: z.iso.datetime() }),
  receipt: ReceiptSummary,
  rawHash: z.string().nullable(),
});
export type ExplainFact = z.infer<typeof ExplainFact>;

/** A decision that means a finding. */
export const FindingDecision = z.object({
  id: z.string(),
  verdict: z.enum(['in-triage', 'exploitable', 'not-affected', 'false-positive', 'accepted', 'workaround']),
  /** Pseudonym of who decided. */
  by: z.string(),
  at: z.iso.datetime(),
  /** Null for one without an end. */
  until: z.iso.datetime().nullable(),
  /** CycloneDX's, with not affected only. */
  justification: z.string().nullable(),
  responses: z.array(z.string()),
  /** Null once erased. */
  reason: z.string().nullable(),
  /** Format, file and line that it was imported from; null for one that was made here. */
  imported: z.object({ source: z.string(), file: z.string().nullable(), line: z.number().int().positive().nullable() }).nullable(),
  /** `counts`, or why it does not: it was imported and nobody confirmed it, it waits for its second person, has expired, a narrower or later one counts, the vulnerability is now exploited. */
  standing: z.enum(['counts', 'less-specific', 'earlier', 'unconfirmed', 'waiting', 'expired', 'kev', 'epss', 'moved']),
});
export type FindingDecision = z.infer<typeof FindingDecision>;

/** A finding with everything it rests on: finding ← matches ← facts ← readings ← receipts ← raw bytes. */
export const FindingDetail = Finding.extend({
  details: z.string(),
  references: z.array(z.string()),
  published: z.iso.datetime().nullable(),
  /** Every score the records of the group give, in their order. */
  scores: z.array(Cvss),
  matches: z.array(ExplainMatch),
  facts: z.array(ExplainFact),
  /** Open findings of the same package and advisory group in other components. */
  elsewhere: z.number().int().nonnegative(),
  episodes: z.array(
    z.object({ number: z.number().int().positive(), opened: z.iso.datetime(), closed: z.iso.datetime().nullable(), because: z.string().nullable() }),
  ),
  /** The one that counts first. */
  decisions: z.array(FindingDecision),
  /** Why it has its action and risk; null for one that is over. */
  priority: z
    .object({
      /** The row of the decision table that decided, one sentence. */
      because: z.string(),
      terms: z.array(z.object({ name: z.string(), said: z.string(), value: z.number(), weight: z.number(), points: z.number() })),
      profile: z.object({ tier: z.enum(tiers), exposure: z.enum(exposures), context: z.enum(contexts) }),
      policy: z.object({ version: z.number().int(), hash: z.string() }),
    })
    .nullable(),
});
export type FindingDetail = z.infer<typeof FindingDetail>;

/** How far back to look, in weeks, from now or the end of a past day; not before the first observation. */
export const FindingsOverTimeQuery = z.strictObject({ weeks: z.coerce.number().int().min(1).max(520).default(26), asOf: AsOf });
export type FindingsOverTimeQuery = z.infer<typeof FindingsOverTimeQuery>;

/** Open findings each Monday at 00:00 UTC and now (or at the end of the day of `asOf`), oldest first, as was known then; severities are today's. Empty when nothing was ever observed. */
export const FindingsOverTime = z.object({
  generatedAt: z.iso.datetime(),
  /** The state of the estate it was computed from. */
  epoch: z.number().int(),
  seq: z.number().int(),
  points: z.array(z.object({ at: z.iso.datetime(), findings: SeverityCounts })),
});
export type FindingsOverTime = z.infer<typeof FindingsOverTime>;
