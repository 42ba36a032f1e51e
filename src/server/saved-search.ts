import type { z } from 'zod';
import { ChangesQuery } from './schemas/changes.ts';
import { ComponentQuery } from './schemas/component.ts';
import { FindingQuery } from './schemas/finding.ts';
import { LeverageQuery } from './schemas/leverage.ts';
import { PackageQuery } from './schemas/package.ts';
import type { SavedViewContent } from './schemas/saved-view.ts';
import { SourceQuery } from './schemas/source.ts';

type ListPage = {
  readonly query: z.ZodType;
  /** Words that the page itself understands, beside those of its list. */
  readonly own: readonly string[];
};

const pages: Readonly<Record<SavedViewContent['page'], ListPage>> = {
  '/components': { query: ComponentQuery, own: ['columns'] },
  '/packages': { query: PackageQuery, own: ['columns'] },
  '/findings': { query: FindingQuery, own: ['view'] },
  '/upgrades': { query: LeverageQuery, own: ['columns'] },
  '/sources': { query: SourceQuery, own: ['columns', 'origin'] },
  // A span of days ends today unless it is said otherwise, and the page has one of its own.
  '/changes': { query: ChangesQuery.partial({ from: true }), own: ['columns', 'days'] },
};
const notForViews: ReadonlySet<string> = new Set(['limit', 'cursor', 'format', 'asOf']);

/** Words of a saved search that its page does not understand: unknown ones, those with a value it does not know, and those no view may have. */
export function wordsNotUnderstood(page: string, search: string): readonly string[] {
  const words = [...new URLSearchParams(search)];
  const known: ListPage | undefined = Object.hasOwn(pages, page) ? pages[page as SavedViewContent['page']] : undefined;
  if (known === undefined) return words.map(([word]) => word);
  const bad = new Set(words.map(([word]) => word).filter((word) => notForViews.has(word)));
  const asked = Object.fromEntries(words.filter(([word]) => !known.own.includes(word) && !bad.has(word)));
  for (const issue of known.query.safeParse(asked).error?.issues ?? []) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) bad.add(key);
    else bad.add(String(issue.path[0]));
  }
  return [...bad];
}
