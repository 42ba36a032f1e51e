import type { PageEntry } from '../../parts/page-entry.ts';

/** What one rule finds. */
export const rule: PageEntry = {
  path: '/rules/$id',
  title: 'Rule',
  menu: null,
  parent: { path: '/rules', nameOf: ({ id = '' }) => id },
  isDated: false,
  load: () => import('./page.tsx'),
};
