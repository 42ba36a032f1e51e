const ours = {
  mode: 'own',
  system: 'guildhall',
  responsible: 'team',
  accountable: 'team lead',
  consulted: ['security'],
  informed: ['office'],
} as const;

/** The built-in policy. Why each number is what it is stands in `policy-reasons.ts`. */
export const builtIn = {
  remit: { '*': { ...ours, consulted: [...ours.consulted], informed: [...ours.informed] } },
  clocks: {
    days: {
      act: { 'tier-1': 7, 'tier-2': 14, 'tier-3': 30, unknown: 7 },
      attend: { 'tier-1': null, 'tier-2': null, 'tier-3': null, unknown: null },
      track: { 'tier-1': null, 'tier-2': null, 'tier-3': null, unknown: null },
    },
    kevDays: 14,
    maliciousDays: 1,
    counting: 'calendar' as const,
    holidays: [],
    graceDays: 3,
    warnDays: 2,
    escalation: [
      { afterDays: 0, to: 'team' },
      { afterDays: 7, to: 'team lead' },
      { afterDays: 14, to: 'department' },
      { afterDays: 30, to: 'office' },
    ],
  },
  priority: { epssLikely: 0.1, weights: { severity: 40, exploitation: 30, exposure: 10, tier: 10, scope: 7, depth: 3 } },
  baseline: { settleHours: 24, startAfterDays: 14, fixesPerWeek: 5, teams: {} },
  rules: {},
  reopen: { epssJump: 0.2 },
  stages: { source: ['source'], built: ['build', 'image', 'default'], deployed: ['production', 'deployed'] },
};
