import { describe, expect, it } from 'vitest';
import { noFacts } from '#desk/council/facts.ts';
import type { LicenceChoice } from '#desk/licences/choices.ts';
import { emptyDesk } from '#desk/desk.ts';
import { licenceView, type TreeView } from './licence-view.ts';

const licence = '(AGPL-3.0-only OR MIT) AND (ISC OR Zlib)';
const facts = { ...noFacts, package: 'pkg:npm/ghost', version: '1.2.0', licence, delivery: 'saas' } as const;
const chosen: LicenceChoice = {
  id: 'a',
  package: 'pkg:npm/ghost',
  range: null,
  licence,
  rely: 'MIT AND (ISC OR Zlib)',
  council: 'IP-1',
  seq: 1,
  by: 'person:x',
  at: 0,
};

/** Each leaf with whether it is relied on, and what would be if it were chosen. */
function leaves(tree: TreeView | null): readonly string[] {
  if (tree === null) return [];
  return tree.kind === 'licence' ? [`${tree.licence ?? ''} ${String(tree.isReliedOn)}: ${tree.rely ?? '-'}`] : tree.of.flatMap(leaves);
}

function viewed(choice: Partial<LicenceChoice> | null): {
  readonly verdict: string | undefined;
  readonly leaves: readonly string[];
  readonly rely: string | null;
} {
  const desk = emptyDesk();
  if (choice !== null) desk.licenceChoices.set('pkg:npm/ghost', [{ ...chosen, ...choice }]);
  const view = licenceView(desk, facts);
  return { verdict: view?.contexts.find((each) => each.isThis)?.verdict, leaves: leaves(view?.tree ?? null), rely: view?.choice?.rely ?? null };
}

const nothingChosen = [
  'AGPL-3.0-only true: AGPL-3.0-only AND (ISC OR Zlib)',
  'MIT true: (ISC OR Zlib) AND MIT',
  'ISC true: (AGPL-3.0-only OR MIT) AND ISC',
  'Zlib true: (AGPL-3.0-only OR MIT) AND Zlib',
];

describe('the licence of a case', () => {
  it('says of each branch what would be relied on', () => {
    expect(viewed(null)).toEqual({ verdict: 'allowed', leaves: nothingChosen, rely: null });
  });

  it('is judged by the branch that was chosen, and a further choice keeps it', () => {
    expect(viewed({})).toEqual({
      verdict: 'allowed',
      leaves: [
        'AGPL-3.0-only false: AGPL-3.0-only AND (ISC OR Zlib)',
        'MIT true: (ISC OR Zlib) AND MIT',
        'ISC true: ISC AND MIT',
        'Zlib true: MIT AND Zlib',
      ],
      rely: 'MIT AND (ISC OR Zlib)',
    });
    expect(viewed({ rely: 'AGPL-3.0-only AND ISC' })).toMatchObject({ verdict: 'denied', rely: 'AGPL-3.0-only AND ISC' });
  });

  it.each([
    ['another expression', { licence: 'AGPL-3.0-only OR MIT' }],
    ['other versions', { range: '>=2' }],
  ])('is as it was where the choice is about %s', (_, choice) => {
    expect(viewed(choice)).toEqual({ verdict: 'allowed', leaves: nothingChosen, rely: null });
  });
});
