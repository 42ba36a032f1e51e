import { IconUserCheck } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Owners that are to be confirmed. */
export const ownership: PageEntry = {
  path: '/ownership',
  title: 'Ownership',
  menu: { group: 'Estate', rank: 25, letter: 'w', icon: IconUserCheck, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
