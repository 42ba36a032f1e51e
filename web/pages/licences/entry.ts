import { IconLicense } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Licences in use, and what the IP policy says of them. */
export const licences: PageEntry = {
  path: '/licences',
  title: 'Licences',
  menu: { group: 'Estate', rank: 32, letter: 's', icon: IconLicense, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
