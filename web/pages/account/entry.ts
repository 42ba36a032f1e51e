import type { PageEntry } from '../../parts/page-entry.ts';

/** Who one is here. */
export const account: PageEntry = { path: '/account', title: 'Your account', menu: null, isDated: false, load: () => import('./page.tsx') };
