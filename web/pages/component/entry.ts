import type { PageEntry } from '../../parts/page-entry.ts';

/** One component. */
export const component: PageEntry = {
  path: '/components/$ref',
  title: 'Component',
  menu: null,
  parent: { path: '/components', nameOf: ({ ref = '' }) => ref.slice(ref.lastIndexOf('/') + 1) },
  isDated: true,
  load: () => import('./page.tsx'),
};
