import { expect, it } from 'vitest';
import { builtInIpPolicy } from '#desk/ip-policy/templates.ts';
import { gateOf } from './gate-of.ts';

const policy = {
  gates: { 'tier-1': { denied: 'warn' as const } },
  rules: builtInIpPolicy.rules.map((rule) =>
    rule.id === 'network-copyleft' ? { ...rule, gates: { 'tier-1': 'block' as const, 'tier-3': 'warn' as const } } : rule,
  ),
};

it.each([
  ['what is said of the verdict', 'tier-1', 'denied', 'strong-copyleft-sent-out', 'warn'],
  ['the line that decided says something else', 'tier-1', 'denied', 'network-copyleft', 'block'],
  ['it does so for a tier of which nothing else is said', 'tier-3', 'denied', 'network-copyleft', 'warn'],
  ['it says nothing of this tier', 'tier-2', 'denied', 'network-copyleft', 'watch'],
  ['no line decided', 'tier-1', 'denied', null, 'warn'],
  ['nothing is said', 'unknown', 'denied', 'strong-copyleft-sent-out', 'watch'],
] as const)('%s', (_name, tier, verdict, line, gate) => {
  expect(gateOf(policy, tier, verdict, line)).toBe(gate);
});
