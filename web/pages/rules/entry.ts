import { IconScale } from '@tabler/icons-react';
import type { PageEntry } from '../../parts/page-entry.ts';

/** How the office judges, and what each rule finds. */
export const rules: PageEntry = {
  path: '/rules',
  title: 'Rules',
  menu: { group: 'Decide', rank: 56, letter: 'r', icon: IconScale, count: null },
  isDated: false,
  load: () => import('./page.tsx'),
};
