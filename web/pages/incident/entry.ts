import type { PageEntry } from '../../parts/page-entry.ts';

/** One incident: who is exposed, who has answered, who was not looked at. */
export const incident: PageEntry = {
  path: '/incidents/$id',
  title: 'Incident',
  menu: null,
  parent: { path: '/incidents', nameOf: ({ id = '' }) => (id.startsWith('OWN-') ? id : 'Incident') },
  isDated: false,
  load: () => import('./page.tsx'),
};
