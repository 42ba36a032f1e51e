import { describe, expect, it } from 'vitest';
import { actions } from '#model/action.ts';
import { severityLevels } from '#model/advisory.ts';
import { exposures, tiers } from '#model/profile.ts';
import { rowFor, priorityOf, type PriorityFacts, type PriorityLines } from './priority.ts';
import type { Choice } from './decision-table.ts';

const lines: PriorityLines = {
  epssLikely: 0.1,
  weights: { severity: 40, exploitation: 30, exposure: 10, tier: 10, scope: 7, depth: 3 },
};
const log4shell: PriorityFacts = {
  malicious: false,
  kev: true,
  epss: 0.97,
  severity: { level: 'critical', score: 10, version: '3.1' },
  tier: 'tier-1',
  exposure: 'internet',
  scope: 'runtime',
  direct: true,
};
const quiet: PriorityFacts = { ...log4shell, kev: false, epss: 0.001 };
const high = { level: 'high', score: 7.2, version: '3.1' } as const;
const unscored = { level: 'unknown', score: null, version: null } as const;

describe('the priority of a finding', () => {
  it.each<[name: string, facts: PriorityFacts, action: string, because: string, risk: number]>([
    ['known to be exploited', log4shell, 'act', 'It is known to be exploited.', 100],
    ['known to be exploited, in a test', { ...log4shell, scope: 'test' }, 'act', 'It is known to be exploited.', 93],
    [
      'malicious, among development tools',
      { ...quiet, malicious: true, severity: unscored, scope: 'development' },
      'act',
      'The package itself is malicious: whoever installed it may be compromised.',
      85,
    ],
    [
      'likely and high',
      { ...quiet, epss: 0.1, severity: high },
      'act',
      'It is likely to be exploited, severe, and the component can be reached.',
      61.8,
    ],
    [
      'likely and high where nothing reaches',
      { ...quiet, epss: 0.4, severity: high, exposure: 'isolated' },
      'attend',
      'It is likely to be exploited.',
      60.8,
    ],
    [
      'likely and high, for building only',
      { ...quiet, epss: 0.4, severity: high, scope: 'build' },
      'attend',
      'It is likely to be exploited, but used for building and testing only.',
      63.8,
    ],
    ['critical, not likely', quiet, 'attend', 'It is critical, but exploitation is not likely so far.', 70],
    [
      'critical without EPSS where the firm is most exposed',
      { ...quiet, epss: null },
      'act',
      'It is critical where the firm is most exposed, and nobody can say how likely exploitation is.',
      73,
    ],
    [
      'of unknown severity, facing the internet',
      { ...quiet, severity: unscored },
      'attend',
      'It is severe, or nobody knows how severe, and the component may be reached from the internet.',
      62,
    ],
    [
      'high inside, in a component of the second tier',
      { ...quiet, severity: high, exposure: 'internal', tier: 'tier-2' },
      'track',
      'It is neither likely to be exploited nor severe where it is.',
      49.8,
    ],
    [
      'medium and transitive',
      { ...quiet, severity: { level: 'medium', score: 5.3, version: '4.0' }, direct: false },
      'track',
      'It is neither likely to be exploited nor severe where it is.',
      48.2,
    ],
  ])('%s', (_, facts, action, because, risk) => {
    expect(priorityOf(facts, lines)).toMatchObject({ action, because, risk });
  });

  it('shows every term of the risk number, and their sum is the number', () => {
    const { terms, risk } = priorityOf({ ...quiet, epss: null, tier: 'unknown', severity: { level: 'high', score: null, version: null } }, lines);
    expect(terms.map(({ name, said, value, weight, points }) => [name, said, value, weight, points])).toEqual([
      ['severity', 'high, without a score', 0.8, 40, 32],
      ['exploitation', 'no EPSS, counts as the line of likely', 0.1, 30, 3],
      ['exposure', 'internet', 1, 10, 10],
      ['tier', 'tier unknown, counts as tier-1', 1, 10, 10],
      ['scope', 'runtime', 1, 7, 7],
      ['depth', 'direct', 1, 3, 3],
    ]);
    expect(risk).toBe(65);
  });

  it('never comes out lower because something is unknown', () => {
    const exploitations: readonly Choice['exploitation'][] = ['malicious', 'known', 'likely', 'unknown', 'unlikely'];
    const urgency = (choice: Choice): number => -actions.indexOf(rowFor(choice).action);
    const worse: string[] = [];
    let tried = 0;
    for (const exploitation of exploitations)
      for (const severity of severityLevels)
        for (const exposure of exposures)
          for (const tier of tiers)
            for (const use of ['shipped', 'development'] as const) {
              const choice = { exploitation, severity, exposure, tier, use };
              tried += 1;
              if (urgency({ ...choice, exposure: 'unknown' }) < urgency(choice)) worse.push(`exposure ${JSON.stringify(choice)}`);
              if (urgency({ ...choice, tier: 'unknown' }) < urgency(choice)) worse.push(`tier ${JSON.stringify(choice)}`);
              // A score that is not known may hide a high, and says no less than a medium; no EPSS says no less than a low one.
              if (severity !== 'critical' && urgency({ ...choice, severity: 'unknown' }) < urgency(choice))
                worse.push(`severity ${JSON.stringify(choice)}`);
              if (exploitation === 'unlikely' && urgency({ ...choice, exploitation: 'unknown' }) < urgency(choice))
                worse.push(`exploitation ${JSON.stringify(choice)}`);
            }
    expect(tried).toBe(800);
    expect(worse).toEqual([]);
  });
});
