import { IconFileImport } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Decisions that came from files, and wait for somebody who stands behind them. */
export const importedDecisions: PageEntry = {
  path: '/imported',
  title: 'Imported',
  menu: { group: 'Decide', rank: 54, letter: 'm', icon: IconFileImport, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
