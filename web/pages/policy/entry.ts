import { IconGavel } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** By what the office judges, and changing it. */
export const policy: PageEntry = {
  path: '/policy',
  title: 'Policy',
  menu: { group: 'Decide', rank: 58, letter: 'y', icon: IconGavel, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
