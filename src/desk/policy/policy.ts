import { z } from 'zod';
import { conditionRule, maliciousRule, vulnerabilityRule } from '#model/rule-id.ts';
import { builtIn } from './built-in.ts';

const name = z.string().min(1).max(100);
const days = z.number().int().min(0).max(3650);
const share = z.number().min(0).max(1);

/** Whose business a kind of finding is. `mirror` shows what another system decides, `feed` sends it there: neither gets a clock, mail or ticket here. */
export const Remit = z.strictObject({
  mode: z.enum(['own', 'feed', 'mirror', 'off']),
  /** System of record: `guildhall`, `servicenow`, `defectdojo`, `jira`. */
  system: name,
  /** Roles or teams. `team` is the team of the component. */
  responsible: name,
  accountable: name,
  consulted: z.array(name).max(20),
  informed: z.array(name).max(20),
});
export type Remit = z.infer<typeof Remit>;

/** Days by tier; null gives no clock: such findings are counted, not chased. */
const DaysByTier = z.strictObject({ 'tier-1': days.nullable(), 'tier-2': days.nullable(), 'tier-3': days.nullable(), unknown: days.nullable() });

/** By when what is to be done. */
export const Clocks = z.strictObject({
  days: z.strictObject({ act: DaysByTier, attend: DaysByTier, track: DaysByTier }),
  /** For what is known to be exploited, and for malicious packages; the earlier of this and `days` counts. */
  kevDays: days,
  maliciousDays: days,
  counting: z.enum(['calendar', 'working']),
  /** ISO days that are not worked, where working days are counted. */
  holidays: z.array(z.iso.date()).max(1000),
  /** At least so many days are left when something makes a finding more urgent. */
  graceDays: days,
  /** So many days before it is due, whoever has it is told. */
  warnDays: days,
  /** Whom an overdue finding goes to, by days overdue, least first. */
  escalation: z.array(z.strictObject({ afterDays: days, to: name })).max(10),
});
export type Clocks = z.infer<typeof Clocks>;

/** Where the lines between act, attend and track are drawn, and how those of one action are put in order. */
export const PriorityPolicy = z.strictObject({
  epssLikely: share,
  weights: z.strictObject({
    severity: z.number().min(0).max(100),
    exploitation: z.number().min(0).max(100),
    exposure: z.number().min(0).max(100),
    tier: z.number().min(0).max(100),
    scope: z.number().min(0).max(100),
    depth: z.number().min(0).max(100),
  }),
});
export type PriorityPolicy = z.infer<typeof PriorityPolicy>;

/** What was there when it was first looked at is planned, not chased. */
export const Baseline = z.strictObject({
  /** How long a first look may take: what comes up within it was there before. */
  settleHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 90),
  /** When the first planned week begins. */
  startAfterDays: days,
  /** Upgrades that a team makes in a week, unless `teams` says otherwise for it. */
  fixesPerWeek: z.number().int().min(1).max(10_000),
  teams: z.record(name, z.strictObject({ fixesPerWeek: z.number().int().min(1).max(10_000) })),
});
export type Baseline = z.infer<typeof Baseline>;

/** How a rule is used: its findings are dealt with, only counted, or not made. */
export const RuleUse = z.strictObject({ use: z.enum(['on', 'metric', 'off']), settings: z.record(name, z.unknown()) });
export type RuleUse = z.infer<typeof RuleUse>;

/** Which stage an uploaded SBOM speaks of, by its slot; one that is not named here speaks of a build. */
export const Stages = z.strictObject({ source: z.array(name), built: z.array(name), deployed: z.array(name) });
export type Stages = z.infer<typeof Stages>;

/** How the office deals with findings, as one document that is versioned, proposed and approved whole. What a document leaves out is as built in. */
export const Policy = z.strictObject({
  format: z.literal(1).default(1),
  /** By rule; `*` for those not named. */
  remit: z.record(name, Remit).default(builtIn.remit),
  clocks: Clocks.default(builtIn.clocks),
  priority: PriorityPolicy.default(builtIn.priority),
  baseline: Baseline.default(builtIn.baseline),
  /** By rule id. */
  rules: z.record(name, RuleUse).default(builtIn.rules),
  /** What makes a decision that was made before no longer hold: so much more EPSS. KEV always does. */
  reopen: z.strictObject({ epssJump: share }).default(builtIn.reopen),
  stages: Stages.default(builtIn.stages),
});
export type Policy = z.infer<typeof Policy>;

/** The policy of an office that never approved one. */
export const builtInPolicy: Policy = Policy.parse({});

/** Whose business findings of a rule are. */
export function remitOf(policy: Policy, rule: string): Remit {
  return policy.remit[rule] ?? policy.remit['*'] ?? builtIn.remit['*'];
}

const dealtWith: ReadonlySet<string> = new Set([vulnerabilityRule, maliciousRule, conditionRule]);

/** How a rule is used. What no policy names is counted only, apart from what advisories say and the council asks for. */
export function useOf(policy: Policy, rule: string): RuleUse['use'] {
  return policy.rules[rule]?.use ?? (dealtWith.has(rule) ? 'on' : 'metric');
}
