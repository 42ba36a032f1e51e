import { IconListDetails } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Every component. */
export const catalogue: PageEntry = {
  path: '/components',
  title: 'Catalogue',
  menu: { group: 'Estate', rank: 20, letter: 'c', icon: IconListDetails, count: 'components' },
  isDated: true,
  load: () => import('./page.tsx'),
};
