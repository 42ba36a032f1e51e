import { IconInbox } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** What is wrong and why we think so. */
export const findings: PageEntry = {
  path: '/findings',
  title: 'Findings',
  menu: { group: 'Decide', rank: 40, letter: 'f', icon: IconInbox, count: 'findings' },
  isDated: true,
  load: () => import('./page.tsx'),
};
