import { SavedView, SavedViewContent, SavedViewList, SavedViewQuery } from '../saved-view.ts';
import { byId, list, read, type Routes } from './route.ts';

/** Lists that people have named. */
export const savedViewsRoutes = {
  savedViews: {
    ...list,
    path: '/v1/views',
    summary: 'Lists that people have named: those of the office and the own',
    permission: 'estate:read',
    query: SavedViewQuery,
    reply: SavedViewList,
  },
  savedView: { ...read, path: '/v1/views/:id', summary: 'One saved view', permission: 'estate:read', params: byId, reply: SavedView },
  addSavedView: {
    ...read,
    method: 'POST',
    path: '/v1/views',
    summary: 'Name a list; takes an Idempotency-Key',
    permission: 'views:write',
    body: SavedViewContent,
    status: 201,
    reply: SavedView,
  },
  replaceSavedView: {
    ...read,
    method: 'PUT',
    path: '/v1/views/:id',
    summary: 'Replace what a saved view says; needs If-Match',
    permission: 'views:write',
    params: byId,
    body: SavedViewContent,
    reply: SavedView,
  },
  deleteSavedView: {
    ...read,
    method: 'DELETE',
    path: '/v1/views/:id',
    summary: 'Delete a saved view; needs If-Match',
    permission: 'views:write',
    params: byId,
    status: 204,
    reply: null,
  },
} as const satisfies Routes;
