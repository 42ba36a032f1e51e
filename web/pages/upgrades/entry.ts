import { IconArrowUpCircle } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** What to raise, for the estate, a team or a component. */
export const upgrades: PageEntry = {
  path: '/upgrades',
  title: 'Upgrades',
  menu: { group: 'Decide', rank: 55, letter: 'u', icon: IconArrowUpCircle, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
