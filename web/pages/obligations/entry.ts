import { IconChecklist } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** What licences ask for of what is delivered, and what was done about it. */
export const obligations: PageEntry = {
  path: '/obligations',
  title: 'Obligations',
  menu: { group: 'Decide', rank: 48, letter: 'b', icon: IconChecklist, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
