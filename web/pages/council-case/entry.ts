import type { PageEntry } from '../../parts/page-entry.ts';

/** One case of the council: facts, licence, votes, terms and what became of it. */
export const councilCase: PageEntry = {
  path: '/council/$id',
  title: 'Case',
  menu: null,
  parent: { path: '/council', nameOf: ({ id = '' }) => (id.length > 20 ? 'Case' : id) },
  isDated: false,
  load: () => import('./page.tsx'),
};
