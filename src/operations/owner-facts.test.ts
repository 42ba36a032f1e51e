import { describe, expect, it } from 'vitest';
import { ownerFacts } from './owner-facts.ts';

const nothing = { packages: [], edges: [], problems: [] };
const owners = (declared: string, rule: string) =>
  ownerFacts(
    '',
    ['package-lock.json'],
    [
      { path: 'catalog-info.yaml', result: { ...nothing, entities: [entityOf(declared)] } },
      { path: 'CODEOWNERS', result: { ...nothing, owners: [{ pattern: '*', owners: [rule], line: 1 }] } },
    ],
  ).all.map((each) => each.team);

function entityOf(owner: string) {
  return { kind: 'Component', name: 'api', namespace: 'default', title: null, description: null, owner, system: null, type: null, lifecycle: null };
}

describe('the owners of a component', () => {
  it.each([
    ['group:default/payments', '@acme/payments', 'payments'],
    ['payments', '@acme/payments', 'payments'],
    ['group:payments', '@acme/payments', 'payments'],
    ['user:marta-lind', '@marta-lind', '@marta-lind'],
    ['user:default/marta-lind', '@marta-lind', '@marta-lind'],
    ['marta@acme.example', 'marta@acme.example', 'marta@acme.example'],
  ])('%s in a catalogue and %s in CODEOWNERS are the same: %s', (declared, rule, team) => {
    expect(owners(declared, rule)).toEqual([team, team]);
  });

  it('a person and a team of the same name differ', () => {
    expect(owners('group:marta', '@marta')).toEqual(['marta', '@marta']);
  });
});
