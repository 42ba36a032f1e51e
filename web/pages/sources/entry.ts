import { IconDatabase } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Where every fact comes from. */
export const sources: PageEntry = {
  path: '/sources',
  title: 'Sources',
  menu: { group: 'Evidence', rank: 50, letter: 'e', icon: IconDatabase, count: 'sources' },
  isDated: false,
  load: () => import('./page.tsx'),
};
