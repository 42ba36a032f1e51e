import type { PageEntry } from '../../parts/page-entry.ts';

/** The clocks behind days to close and attainment. */
export const closedClocks: PageEntry = {
  path: '/sla/closed',
  title: 'Closed in 90 days',
  menu: null,
  parent: { path: '/sla', nameOf: () => 'Closed in 90 days' },
  isDated: false,
  load: () => import('./page.tsx'),
};
