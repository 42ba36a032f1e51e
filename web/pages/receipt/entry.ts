import type { PageEntry } from '../../parts/page-entry.ts';

/** One observation of one source. */
export const receipt: PageEntry = {
  path: '/receipts/$id',
  title: 'Receipt',
  menu: null,
  parent: { path: '/sources', nameOf: ({ id = '' }) => `Receipt ${id}` },
  isDated: false,
  load: () => import('./page.tsx'),
};
