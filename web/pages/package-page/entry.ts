import type { PageEntry } from '../../parts/page-entry.ts';

/** One package and where it is. */
export const packagePage: PageEntry = {
  path: '/packages/$purl',
  title: 'Package',
  menu: null,
  parent: { path: '/packages', nameOf: ({ purl = '' }) => purl.slice(purl.lastIndexOf('/') + 1) },
  isDated: true,
  load: () => import('./page.tsx'),
};
