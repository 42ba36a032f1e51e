import { IconLayoutDashboard } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** The estate on one page. */
export const overview: PageEntry = {
  path: '/',
  title: 'Overview',
  menu: { group: null, rank: 10, letter: 'o', icon: IconLayoutDashboard, count: null },
  isDated: true,
  load: () => import('./page.tsx'),
};
