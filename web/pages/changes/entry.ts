import { IconArrowsDiff } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Two days compared. */
export const changes: PageEntry = {
  path: '/changes',
  title: 'Changes',
  menu: { group: 'Estate', rank: 35, letter: 'h', icon: IconArrowsDiff, count: null },
  isDated: true,
  load: () => import('./page.tsx'),
};
