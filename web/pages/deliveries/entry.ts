import { IconSend } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** What the office told people and other systems. */
export const deliveries: PageEntry = {
  path: '/deliveries',
  title: 'Deliveries',
  menu: { group: 'Evidence', rank: 70, letter: 'v', icon: IconSend, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
