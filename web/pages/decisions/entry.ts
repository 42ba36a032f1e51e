import { IconHistory } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** What people did. */
export const decisions: PageEntry = {
  path: '/decisions',
  title: 'Decisions',
  menu: { group: 'Evidence', rank: 60, letter: 'd', icon: IconHistory, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
