import { IconScale } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** The council: its queue, the conditions it set and its members. */
export const council: PageEntry = {
  path: '/council',
  title: 'IP council',
  menu: { group: 'Decide', rank: 47, letter: 'i', icon: IconScale, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
