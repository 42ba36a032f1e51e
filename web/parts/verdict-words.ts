import type { FindingDecision } from '#server/schemas/finding.ts';
import type { DeskDecision } from '#server/schemas/desk-decision.ts';
import type { Justification, Response, Verdict } from './acts.ts';

/** Verdicts as words for people. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  exploitable: 'Exploitable',
  'not-affected': 'Not affected',
  'in-triage': 'In triage',
  'false-positive': 'False positive',
  accepted: 'Risk accepted',
  workaround: 'Workaround',
};

/** What a verdict is called where a rule found something that is no vulnerability. */
export const ruleVerdictWords: Partial<Readonly<Record<Verdict, string>>> = {
  exploitable: 'To be put right',
  'false-positive': 'Not so',
};

/** How each verdict is written as CycloneDX `analysis.state`; `resolved` is what the inventory says and nobody decides. */
export const analysisStates: Readonly<Record<Verdict, string>> = {
  exploitable: 'exploitable',
  'not-affected': 'not_affected',
  'in-triage': 'in_triage',
  'false-positive': 'false_positive',
  accepted: 'exploitable',
  workaround: 'exploitable',
};

/** CycloneDX's justifications as sentences for people. */
export const justificationWords: Readonly<Record<Justification, string>> = {
  code_not_present: 'The vulnerable code is not there',
  code_not_reachable: 'The vulnerable code is never called',
  requires_configuration: 'It needs a setting that we do not use',
  requires_dependency: 'It needs another package that is not there',
  requires_environment: 'It needs an environment that we do not have',
  protected_by_compiler: 'A compiler flag protects from it',
  protected_at_runtime: 'It is prevented while running',
  protected_at_perimeter: 'It is blocked at the perimeter',
  protected_by_mitigating_control: 'Another control protects from it',
};

/** CycloneDX's responses as words for people. */
export const responseWords: Readonly<Record<Response, string>> = {
  update: 'update',
  rollback: 'roll back',
  workaround_available: 'workaround available',
  will_not_fix: 'will not fix',
  can_not_fix: 'cannot fix',
};

type Standing = FindingDecision['standing'] | DeskDecision['standing'];

/** How a decision stands and, where it does not count, why. */
export const standingWords: Readonly<Record<Standing, string>> = {
  counts: 'counts',
  holds: 'holds',
  'less-specific': 'a narrower one counts',
  earlier: 'a later one counts',
  unconfirmed: 'imported, and nobody here confirmed it',
  waiting: 'waits for a second person',
  refused: 'refused by the second person',
  superseded: 'another took its place',
  withdrawn: 'taken back',
  expired: 'came back: it has expired',
  kev: 'came back: it is now known to be exploited',
  epss: 'came back: exploitation became much likelier',
  moved: 'the component came or moved later',
};
