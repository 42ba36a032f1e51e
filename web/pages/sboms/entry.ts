import { IconClipboardList } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** How good the SBOMs in use are, whether they are proved, and where they disagree with other sources. */
export const sboms: PageEntry = {
  path: '/sboms',
  title: 'SBOMs',
  menu: { group: 'Estate', rank: 37, letter: 'g', icon: IconClipboardList, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
