import type { Action } from '#model/action.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import type { Exposure, Tier } from '#model/profile.ts';
import type { Scope } from '#model/reading.ts';
import { decisionTable, type Choice, type DecisionRow } from './decision-table.ts';

/** What a priority is made of. Null is unknown, which never makes it safer. */
export type PriorityFacts = {
  readonly malicious: boolean;
  /** Known to be exploited. */
  readonly kev: boolean;
  /** 0 to 1; null when there is none. */
  readonly epss: number | null;
  readonly severity: { readonly level: SeverityLevel; readonly score: number | null; readonly version: string | null };
  readonly tier: Tier;
  readonly exposure: Exposure;
  readonly scope: Scope | null;
  /** Whether the component names the package itself. */
  readonly direct: boolean | null;
};

/** Where the lines are drawn, from the policy. */
export type PriorityLines = {
  /** EPSS from which on exploitation counts as likely. */
  readonly epssLikely: number;
  /** How much each term weighs in the risk number; their sum is the highest risk. */
  readonly weights: Readonly<Record<TermName, number>>;
};

export type TermName = 'severity' | 'exploitation' | 'exposure' | 'tier' | 'scope' | 'depth';

/** One part of the risk number: `points` is `value` (0 to 1) times `weight`. */
export type Term = { readonly name: TermName; readonly said: string; readonly value: number; readonly weight: number; readonly points: number };

/** What to do about a finding, and why. `risk` only puts those of one action in order. */
export type Priority = {
  readonly action: Action;
  /** One sentence: the row of the table that decided. */
  readonly because: string;
  readonly risk: number;
  readonly terms: readonly Term[];
};

/** Judges how urgent a finding is: the first row of the decision table that holds. */
export function priorityOf(facts: PriorityFacts, lines: PriorityLines): Priority {
  const { malicious, kev, epss, severity, exposure, tier, scope, direct } = facts;
  const exploitation = exploitationOf(facts, lines);
  const { action, because } = rowFor({ exploitation, severity: severity.level, exposure, tier, use: isShipped(scope) ? 'shipped' : 'development' });
  const terms = [
    term('severity', severityValue(severity), severitySaid(severity), lines),
    term('exploitation', exploitationValue({ malicious, kev, epss }, lines), exploitationSaid(facts), lines),
    term('exposure', exposureValue[exposure], exposure === 'unknown' ? 'exposure unknown, counts as internet' : exposure, lines),
    term('tier', tierValue[tier], tier === 'unknown' ? 'tier unknown, counts as tier-1' : tier, lines),
    term('scope', scopeValue(scope), scope ?? 'scope unknown, counts as runtime', lines),
    term('depth', depthValue(direct), direct === null ? 'depth unknown, counts as direct' : direct ? 'direct' : 'transitive', lines),
  ];
  return { action, because, risk: Math.round(terms.reduce((sum, each) => sum + each.points, 0) * 10) / 10, terms };
}

/** The row of the decision table that holds for a choice; the last row holds for every one. */
export function rowFor(choice: Choice): DecisionRow {
  const row = decisionTable.find(({ when }) => Object.entries(when).every(([part, values]) => holds(values, choice[part as keyof Choice])));
  return row ?? { when: {}, action: 'track', because: 'Nothing makes it urgent.' };
}

/** What is known of exploitation, in the table's words. */
export function exploitationOf(
  { malicious, kev, epss }: Pick<PriorityFacts, 'malicious' | 'kev' | 'epss'>,
  { epssLikely }: Pick<PriorityLines, 'epssLikely'>,
): Choice['exploitation'] {
  if (malicious) return 'malicious';
  if (kev) return 'known';
  if (epss === null) return 'unknown';
  return epss >= epssLikely ? 'likely' : 'unlikely';
}

/** Points of one term: its value times its weight, to a hundredth. */
export function pointsOf(value: number, weight: number): number {
  return Math.round(value * weight * 100) / 100;
}

const scoreOfWord: Readonly<Record<SeverityLevel, number>> = { critical: 9.5, high: 8, unknown: 8, medium: 5.5, low: 2 };

/** How bad it is, 0 to 1: the score, or what the word stands for. */
export function severityValue({ level, score }: Pick<PriorityFacts['severity'], 'level' | 'score'>): number {
  return (score ?? scoreOfWord[level]) / 10;
}

/** How likely exploitation is, 0 to 1; without EPSS it stands at the line of likely. */
export function exploitationValue(
  { malicious, kev, epss }: Pick<PriorityFacts, 'malicious' | 'kev' | 'epss'>,
  { epssLikely }: Pick<PriorityLines, 'epssLikely'>,
): number {
  return malicious || kev ? 1 : (epss ?? epssLikely);
}

/** How exposed, 0 to 1. */
export const exposureValue: Readonly<Record<Exposure, number>> = { internet: 1, unknown: 1, internal: 0.5, isolated: 0 };

/** How important the component is, 0 to 1. */
export const tierValue: Readonly<Record<Tier, number>> = { 'tier-1': 1, unknown: 1, 'tier-2': 0.6, 'tier-3': 0.3 };

/** 1 for what is shipped. */
export function scopeValue(scope: Scope | null): number {
  return isShipped(scope) ? 1 : 0;
}

/** 1 for what the component names itself. */
export function depthValue(direct: boolean | null): number {
  return direct === false ? 0 : 1;
}

/** False for what never leaves the developers' machines and the build. Unknown counts as shipped. */
export function isShipped(scope: Scope | null): boolean {
  return scope !== 'development' && scope !== 'test' && scope !== 'build';
}

function holds(values: readonly string[], value: string): boolean {
  return values.includes(value);
}

function term(name: TermName, value: number, said: string, { weights }: PriorityLines): Term {
  return { name, said, value: Math.round(value * 1000) / 1000, weight: weights[name], points: pointsOf(value, weights[name]) };
}

function severitySaid({ level, score, version }: PriorityFacts['severity']): string {
  if (score !== null) return version === null ? `score ${String(score)}` : `CVSS ${version}: ${String(score)}`;
  return level === 'unknown' ? 'severity unknown, counts as 8' : `${level}, without a score`;
}

function exploitationSaid({ malicious, kev, epss }: PriorityFacts): string {
  if (malicious) return 'malicious';
  if (kev) return 'known to be exploited';
  return epss === null ? 'no EPSS, counts as the line of likely' : `EPSS ${String(epss)}`;
}
