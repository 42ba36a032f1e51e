import type { PageEntry } from '../../parts/page-entry.ts';

/** What another tool finds in a component beside what is open here. */
export const parallelRun: PageEntry = {
  path: '/parallel-run',
  title: 'Parallel run',
  menu: null,
  parent: { path: '/imported', nameOf: () => 'Parallel run' },
  isDated: false,
  load: () => import('./page.tsx'),
};
