import { IconUrgent } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Incidents: what hurts before anybody has published it. */
export const incidents: PageEntry = {
  path: '/incidents',
  title: 'Incidents',
  menu: { group: 'Decide', rank: 45, letter: 'n', icon: IconUrgent, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
