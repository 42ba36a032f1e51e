import type { Change } from '#server/schemas/changes.ts';

/** Why findings open and close, for people. */
export const causeWords: Readonly<Record<NonNullable<Change['cause']>, string>> = {
  'advisory-published': 'An advisory was published',
  'component-appeared': 'The component is new',
  'package-appeared': 'The package came in',
  'version-changed': 'Another version is used',
  'component-gone': 'The component is gone',
  'package-gone': 'The package went',
  'advisory-changed': 'The advisory says something else now',
};

const unobservedWords = { from: 'Not observed on the earlier day', to: 'Not observed on the later day', both: 'Observed on neither day' } as const;

/** What happened, for people. */
export function whatWord({ what, kind, unobserved }: Pick<Change, 'what' | 'kind' | 'unobserved'>): string {
  if (unobserved !== null) return unobservedWords[unobserved];
  if (what === 'changed') return 'Other version';
  if (kind === 'finding') return what === 'appeared' ? 'Opened' : 'Closed';
  if (kind === 'package') return what === 'appeared' ? 'Came' : 'Went';
  return what === 'appeared' ? 'Appeared' : 'Gone';
}
