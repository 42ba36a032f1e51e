import { IconClockHour4 } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** How clocks are kept: what is overdue, for whom, and whether it becomes less. */
export const clocks: PageEntry = {
  path: '/sla',
  title: 'SLA',
  menu: { group: 'Decide', rank: 52, letter: 'l', icon: IconClockHour4, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
