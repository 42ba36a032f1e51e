import { describe, expect, it } from 'vitest';
import type { IpPolicy, IpRule } from '#model/ip-policy.ts';
import { deliveries, policyVerdicts } from '#model/licence.ts';
import { decidingLines, freeId, reachOf, verdictsOf, withVerdict, type Beside, type Use } from './lines.ts';

const category = (id: string): IpPolicy['categories'][number] => ({ id, title: id, means: 'As it is called.', licences: [] });
const line = (id: string, verdict: IpRule['verdict'], rest: Partial<IpRule>): IpRule => ({
  id,
  verdict,
  obligations: [],
  because: 'So it is.',
  ...rest,
});
const sentOut = deliveries.filter((each) => each !== 'internal' && each !== 'saas');
const firm: IpPolicy = {
  format: 1,
  template: 'made up',
  categories: ['free', 'permissive', 'library-copyleft', 'network-copyleft', 'content'].map(category),
  rules: [
    line('free', 'allowed', { categories: ['free'] }),
    line('permissive', 'allowed', { categories: ['permissive'] }),
    line('library-copyleft-dynamic', 'conditions', { categories: ['library-copyleft'], deliveries: sentOut, linking: ['dynamic'] }),
    line('library-copyleft-static', 'review', { categories: ['library-copyleft'], deliveries: sentOut }),
    line('library-copyleft-kept', 'allowed', { categories: ['library-copyleft'] }),
    line('network-copyleft-internal', 'conditions', { categories: ['network-copyleft'], deliveries: ['internal'], modified: false }),
    line('network-copyleft', 'denied', { categories: ['network-copyleft'] }),
    line('content', 'conditions', { categories: ['content'] }),
  ],
  otherwise: 'review',
  development: 'internal',
  obligations: [],
  outbound: [],
  alternatives: [],
  gates: {},
};

const any: Beside = { linking: null, modified: null };
const use = (category: string, delivery: Use['delivery']): Use => ({ category, delivery });
const said = { verdict: 'review', because: 'counsel looks at it.', obligations: [] } as const;

/** Verdicts of every use in every situation, to see what else changed. */
function everything(policy: IpPolicy): ReadonlyMap<string, string> {
  const all = policy.categories.flatMap(({ id }) =>
    deliveries.flatMap((delivery) =>
      (['static', 'dynamic'] as const).flatMap((linking) =>
        [false, true].map((modified): [string, string] => [
          `${id} ${delivery} ${linking} ${String(modified)}`,
          verdictsOf(policy, use(id, delivery), { linking, modified }).join(),
        ]),
      ),
    ),
  );
  return new Map(all);
}

function changed(before: IpPolicy, after: IpPolicy): readonly string[] {
  const [was, is] = [everything(before), everything(after)];
  return [...is].filter(([key, verdict]) => was.get(key) !== verdict).map(([key, verdict]) => `${key}: ${verdict}`);
}

describe('the table of an IP policy', () => {
  it.each([
    ['one line decides', use('permissive', 'saas'), any, ['permissive'], ['allowed']],
    ['linking decides', use('library-copyleft', 'mobile'), any, ['library-copyleft-static', 'library-copyleft-dynamic'], ['review', 'conditions']],
    ['linking is said', use('library-copyleft', 'mobile'), { ...any, linking: 'dynamic' }, ['library-copyleft-dynamic'], ['conditions']],
    ['a change decides', use('network-copyleft', 'internal'), any, ['network-copyleft-internal', 'network-copyleft'], ['conditions', 'denied']],
  ] as const)('%s', (_name, cell, beside, lines, verdicts) => {
    expect(decidingLines(firm, cell, beside).map((line) => line?.id)).toEqual(lines);
    expect(verdictsOf(firm, cell, beside)).toEqual(verdicts);
  });

  it('where no line fits the rest of the policy says it', () => {
    expect(verdictsOf({ ...firm, rules: [] }, use('content', 'saas'), any)).toEqual(['review']);
  });

  it('one cell is changed by a line of its own, before those that decided it, and nothing else changes', () => {
    const after = withVerdict(firm, [use('permissive', 'mobile')], any, said);
    expect(changed(firm, after)).toEqual([
      'permissive mobile static false: review',
      'permissive mobile static true: review',
      'permissive mobile dynamic false: review',
      'permissive mobile dynamic true: review',
    ]);
    expect(after.rules.slice(0, 3).map(({ id }) => id)).toEqual(['free', 'permissive-review', 'permissive']);
  });

  it('cells of several categories are one line where they are delivered alike', () => {
    const cells = [use('permissive', 'saas'), use('content', 'saas')];
    const after = withVerdict(firm, cells, { linking: 'static', modified: true }, said);
    expect(changed(firm, after)).toEqual(['permissive saas static true: review', 'content saas static true: review']);
    expect(after.rules.find(({ id }) => id === 'permissive-review')).toEqual({
      id: 'permissive-review',
      categories: ['permissive', 'content'],
      deliveries: ['saas'],
      linking: ['static'],
      modified: true,
      ...said,
    });
  });

  it('a line that decides just these cells is changed where it stands', () => {
    const cells = deliveries.map((delivery) => use('permissive', delivery));
    const after = withVerdict(firm, cells, any, said);
    expect(after.rules.map(({ id }) => id)).toEqual(firm.rules.map(({ id }) => id));
    expect(after.rules[1]).toMatchObject({ id: 'permissive', verdict: 'review', because: said.because });
  });

  it('a line that decides nothing any more is left out, and one that never did stays', () => {
    const dead = { ...said, id: 'dead', categories: ['permissive'] };
    const policy = { ...firm, rules: [...firm.rules, dead] };
    const all = ['library-copyleft'].flatMap((category) => deliveries.map((delivery) => use(category, delivery)));
    const after = withVerdict(policy, all, any, said);
    expect(after.rules.map(({ id }) => id)).not.toContain('library-copyleft-static');
    expect(after.rules.map(({ id }) => id)).toContain('dead');
    expect(reachOf(after).has('dead')).toBe(false);
  });

  it.each(policyVerdicts)('a whole table can be made %s', (verdict) => {
    const cells = firm.categories.flatMap(({ id }) => deliveries.map((delivery) => use(id, delivery)));
    const after = withVerdict(firm, cells, any, { ...said, verdict });
    expect(new Set(everything(after).values())).toEqual(new Set([verdict]));
    expect(after.rules.length).toBe(1);
  });
});

it.each([
  [[], 'Copyleft of files', 'copyleft-of-files'],
  [['new'], '', 'new-2'],
  [['a', 'a-2'], 'A!', 'a-3'],
])('an id that is not among %j, from %j', (ids, words, id) => {
  expect(freeId(ids, words)).toBe(id);
});
