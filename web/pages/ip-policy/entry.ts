import { IconCertificate } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** By what licences are judged, and changing it. */
export const ipPolicy: PageEntry = {
  path: '/ip-policy',
  title: 'IP policy',
  menu: { group: 'Decide', rank: 59, letter: 'q', icon: IconCertificate, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
