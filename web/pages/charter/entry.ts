import { IconFileCertificate } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** What the office is there for. */
export const charter: PageEntry = {
  path: '/charter',
  title: 'Charter',
  menu: { group: 'Decide', rank: 57, letter: 't', icon: IconFileCertificate, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
