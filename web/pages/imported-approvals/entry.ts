import { IconRubberStamp } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** Approvals of licences and packages that came from other tools, and wait for counsel. */
export const importedApprovals: PageEntry = {
  path: '/approvals',
  title: 'Approvals',
  menu: { group: 'Decide', rank: 49, letter: 'z', icon: IconRubberStamp, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
