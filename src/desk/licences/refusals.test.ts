import { describe, expect, it } from 'vitest';
import type { ExceptedUse, LicenceException, UsePredicate } from './exceptions.ts';
import { isRefusedEverywhere, refusalWords, rulingFor, type LicenceRefusal } from './refusals.ts';

const use: ExceptedUse = {
  ...{ components: ['component:acme/shop'], team: 'web', artifact: null, package: 'pkg:npm/ghost', licence: 'AGPL-3.0-only' },
  deliveries: ['saas'],
};
const ghost: UsePredicate = { package: 'pkg:npm/ghost' };
const inShop: UsePredicate = { ...ghost, component: 'component:acme/shop' };

type Decided = readonly ['refused' | 'approved' | 'counsel' | 'pass', UsePredicate, { readonly until?: number | null }?];

/** What counts of decisions that were made one after the other, at the moment 10. */
function counts(decided: readonly Decided[], asked: Partial<ExceptedUse> = {}): string {
  const [licenceExceptions, licenceRefusals] = [new Map<string, LicenceException>(), new Map<string, LicenceRefusal>()];
  decided.forEach(([kind, predicate, { until = 20 } = {}], index) => {
    const [id, seq] = [String(index + 1), index + 1];
    const ruling = { id, predicate, by: 'person:x', at: 0, seq };
    if (kind === 'refused') licenceRefusals.set(id, { ...ruling, until, council: `IP-${id}` });
    else
      licenceExceptions.set(id, {
        ...{ ...ruling, verdict: 'allowed', until: until ?? Infinity, council: kind === 'approved' ? `IP-${id}` : null },
        ...(kind === 'pass' ? { passesGate: true } : {}),
      });
  });
  const found = rulingFor({ licenceExceptions, licenceRefusals }, { ...use, ...asked }, 10, (range) => range === '10');
  if (found === null) return 'nothing';
  if (found.kind === 'permits') return `permitted by ${found.exception.id}`;
  return `${found.kind === 'open' ? 'perhaps refused' : 'refused'} by ${found.refusal.id}${found.kind === 'denies' && found.pass !== null ? ', and let pass' : ''}`;
}

describe('of what was decided about a use', () => {
  it.each<[name: string, decided: readonly Decided[], expected: string, asked?: Partial<ExceptedUse>]>([
    ['nothing counts where nothing was decided', [], 'nothing'],
    ['a refusal counts', [['refused', ghost]], 'refused by 1'],
    ['a refusal without an end counts', [['refused', ghost, { until: null }]], 'refused by 1'],
    ['a refusal that has ended counts for nothing', [['refused', ghost, { until: 10 }]], 'nothing'],
    ['a refusal of another package says nothing', [['refused', { package: 'pkg:npm/other' }]], 'nothing'],
    ['a refusal of another major version says nothing', [['refused', { ...ghost, range: '11' }]], 'nothing'],
    ['a refusal under another licence says nothing', [['refused', { ...ghost, licence: 'MIT' }]], 'nothing'],
    ['a refusal to another team says nothing', [['refused', { ...ghost, team: 'core' }]], 'nothing'],
    ['a refusal for another component says nothing', [['refused', { ...ghost, component: 'component:acme/other' }]], 'nothing'],
    ['a refusal for its way of delivery counts', [['refused', { ...ghost, delivery: 'saas' }]], 'refused by 1'],
    ['also where it is delivered in others', [['refused', { ...ghost, delivery: 'saas' }]], 'refused by 1', { deliveries: ['internal', 'saas'] }],
    ['a refusal for another way of delivery says nothing', [['refused', { ...ghost, delivery: 'mobile' }]], 'nothing'],
    [
      'a refusal for one is a question where nobody said which',
      [['refused', { ...ghost, delivery: 'saas' }]],
      'perhaps refused by 1',
      { deliveries: [] },
    ],
    [
      'a sure refusal counts before one that is a question',
      [
        ['refused', ghost],
        ['refused', { ...ghost, delivery: 'saas' }],
      ],
      'refused by 1',
      { deliveries: [] },
    ],
    [
      'a later approval as specific overrules a refusal',
      [
        ['refused', ghost],
        ['approved', ghost],
      ],
      'permitted by 2',
    ],
    [
      'a later refusal as specific ends what was approved',
      [
        ['approved', ghost],
        ['refused', ghost],
      ],
      'refused by 2',
    ],
    [
      'an earlier approval that is more specific counts before a refusal',
      [
        ['approved', inShop],
        ['refused', ghost],
      ],
      'permitted by 1',
    ],
    [
      'a later approval that is less specific does not overrule a refusal',
      [
        ['refused', inShop],
        ['approved', ghost],
      ],
      'refused by 1',
    ],
    [
      'a refusal counts again once the approval that overruled it has ended',
      [
        ['refused', ghost],
        ['approved', ghost, { until: 10 }],
      ],
      'refused by 1',
    ],
    [
      'counsel alone does not overrule a refusal, however specific and late',
      [
        ['refused', ghost],
        ['counsel', { ...inShop, range: '10', licence: 'AGPL-3.0-only' }],
      ],
      'refused by 1',
    ],
    [
      'what counsel permitted before is refused with it',
      [
        ['counsel', inShop],
        ['refused', ghost],
      ],
      'refused by 2',
    ],
    ['counsel permits what nobody refused', [['counsel', ghost]], 'permitted by 1'],
    [
      'a build that is let pass stays refused',
      [
        ['refused', ghost],
        ['pass', { ...inShop, range: '10' }],
      ],
      'refused by 1, and let pass',
    ],
    [
      'a build that is let pass is permitted so where the council agreed since',
      [
        ['refused', ghost],
        ['pass', inShop],
        ['approved', ghost],
      ],
      'permitted by 2',
    ],
    [
      'of two refusals the more specific one is named',
      [
        ['refused', inShop],
        ['refused', ghost],
      ],
      'refused by 1',
    ],
  ])('%s', (_, decided, expected, asked) => {
    expect(counts(decided, asked)).toBe(expected);
  });

  const refusal: LicenceRefusal = { id: 'a', predicate: ghost, until: null, by: 'person:x', at: 0, council: 'IP-7', seq: 1 };
  it('a refusal says which case and until when', () => {
    expect(refusalWords(refusal)).toBe('denied by the council, case IP-7, until it is asked again');
    expect(refusalWords({ ...refusal, until: Date.parse('2026-09-01') })).toBe('denied by the council, case IP-7, until 2026-09-01');
  });

  it.each<[name: string, predicate: UsePredicate, delivery: string | null, expected: boolean]>([
    ['that names nobody holds everywhere', ghost, null, true],
    ['for a component holds there', inShop, null, false],
    ['to a team holds there', { ...ghost, team: 'web' }, null, false],
    ['for one way of delivery holds not in all', { ...ghost, delivery: 'saas' }, null, false],
    ['for one way of delivery holds everywhere in it', { ...ghost, delivery: 'saas' }, 'saas', true],
  ])('a refusal %s', (_, predicate, delivery, expected) => {
    expect(isRefusedEverywhere({ ...refusal, predicate }, delivery, 10)).toBe(expected);
  });
});
