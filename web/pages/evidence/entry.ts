import { IconFileSearch } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Evidence: what an auditor asks for, and whether the ledger holds. */
export const evidence: PageEntry = {
  path: '/evidence',
  title: 'Evidence',
  menu: { group: 'Evidence', rank: 65, letter: 'x', icon: IconFileSearch, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
