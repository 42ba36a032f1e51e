import { IconCertificateOff } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** What is permitted beside the IP policy, and until when. */
export const exceptions: PageEntry = {
  path: '/exceptions',
  title: 'Exceptions',
  menu: { group: 'Decide', rank: 60, letter: 'j', icon: IconCertificateOff, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
