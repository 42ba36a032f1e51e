import { IconHelpHexagon } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** The one question of developers, with the policy's answer. */
export const mayIUse: PageEntry = {
  path: '/may-i-use',
  title: 'May I use…?',
  menu: { group: null, rank: 12, letter: 'k', icon: IconHelpHexagon, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
