import { IconKey } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Who may do what. */
export const access: PageEntry = {
  path: '/access',
  title: 'Access',
  menu: { group: 'Evidence', rank: 80, letter: 'a', icon: IconKey, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
