import { IconPackage } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Every package in use. */
export const packages: PageEntry = {
  path: '/packages',
  title: 'Packages',
  menu: { group: 'Estate', rank: 30, letter: 'p', icon: IconPackage, count: 'packages' },
  isDated: true,
  load: () => import('./page.tsx'),
};
