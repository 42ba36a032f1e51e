import type { Action } from '#model/action.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import type { Exposure, Tier } from '#model/profile.ts';

/** What the table looks at, each in few words. */
export type Choice = {
  readonly exploitation: 'malicious' | 'known' | 'likely' | 'unknown' | 'unlikely';
  readonly severity: SeverityLevel;
  readonly exposure: Exposure;
  readonly tier: Tier;
  /** `development`: used for building and testing only. */
  readonly use: 'shipped' | 'development';
};

/** One row: it holds when every part given names the value at hand. */
export type DecisionRow = {
  readonly when: { readonly [Part in keyof Choice]?: readonly Choice[Part][] };
  readonly action: Action;
  /** One sentence. */
  readonly because: string;
};

const severe = ['critical', 'high', 'unknown'] as const;

/**
 * What to do, after SSVC (https://www.cisa.gov/stakeholder-specific-vulnerability-categorization-ssvc): exploitation first, then how bad it is, then how
 * exposed and how important the component. The first row that holds decides. Unknown stands with the worse side of each line.
 */
export const decisionTable: readonly DecisionRow[] = [
  { when: { exploitation: ['malicious'] }, action: 'act', because: 'The package itself is malicious: whoever installed it may be compromised.' },
  { when: { exploitation: ['known'] }, action: 'act', because: 'It is known to be exploited.' },
  {
    when: { use: ['development'], exploitation: ['likely'], severity: severe },
    action: 'attend',
    because: 'It is likely to be exploited, but used for building and testing only.',
  },
  { when: { use: ['development'] }, action: 'track', because: 'It is used for building and testing only, and not known to be exploited.' },
  {
    when: { exploitation: ['likely'], severity: severe, exposure: ['internet', 'internal', 'unknown'] },
    action: 'act',
    because: 'It is likely to be exploited, severe, and the component can be reached.',
  },
  { when: { exploitation: ['likely'] }, action: 'attend', because: 'It is likely to be exploited.' },
  {
    when: { exploitation: ['unknown'], severity: ['critical'], exposure: ['internet', 'unknown'], tier: ['tier-1', 'unknown'] },
    action: 'act',
    because: 'It is critical where the firm is most exposed, and nobody can say how likely exploitation is.',
  },
  { when: { severity: ['critical'] }, action: 'attend', because: 'It is critical, but exploitation is not likely so far.' },
  {
    when: { severity: ['high', 'unknown'], exposure: ['internet', 'unknown'] },
    action: 'attend',
    because: 'It is severe, or nobody knows how severe, and the component may be reached from the internet.',
  },
  {
    when: { severity: ['high', 'unknown'], tier: ['tier-1', 'unknown'] },
    action: 'attend',
    because: 'It is severe, or nobody knows how severe, in a component that the firm depends on.',
  },
  { when: {}, action: 'track', because: 'It is neither likely to be exploited nor severe where it is.' },
];
