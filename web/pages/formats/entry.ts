import type { PageEntry } from '../../parts/page-entry.ts';

/** What this build reads. */
export const formats: PageEntry = {
  path: '/formats',
  title: 'Formats',
  menu: null,
  parent: { path: '/sources', nameOf: () => 'Formats' },
  isDated: false,
  load: () => import('./page.tsx'),
};
