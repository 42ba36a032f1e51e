import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedView, SavedViewContent } from '#server/schemas/saved-view.ts';
import { ask, send } from '../api.ts';
import { printSearch } from '../search-params.ts';
import type { Search } from '../search-params.ts';
import { offerUndo } from '../undo.ts';

const mostShown = '200';
const notKept: readonly string[] = ['asOf', 'view', 'id'];

/** The saved views of everyone and of whoever asks, by name, and what can be done to them. Each resolves once it is done and shown. */
export function useSavedViews() {
  const client = useQueryClient();
  const query = useQuery(ask('/v1/views', {}, { limit: mostShown }));
  const refresh = () => client.invalidateQueries({ queryKey: ['/v1/views'] });
  const add = async (content: SavedViewContent): Promise<SavedView> => {
    const added = (await send('POST', '/v1/views', content, { 'idempotency-key': newKey() })) as SavedView;
    await refresh();
    return added;
  };
  const replace = async (view: SavedView, content: SavedViewContent): Promise<void> => {
    await send('PUT', addressOfView(view), content, { 'if-match': view.etag }).finally(refresh);
  };
  const remove = async (view: SavedView): Promise<void> => {
    await send('DELETE', addressOfView(view), null, { 'if-match': view.etag }).finally(refresh);
    offerUndo({ said: `Deleted the view “${view.name}”.`, undo: () => add(contentOf(view)).then(() => undefined) });
  };
  return { query, views: query.data?.items ?? [], add, replace, remove };
}

/** What a view says, to send it with a change. */
export function contentOf({ name, scope, page, search }: SavedView): SavedViewContent {
  return { name, scope, page: page as SavedViewContent['page'], search };
}

/** Where a view leads. Its id goes along, so that the page can tell when its list no longer is the view's. */
export function savedViewHref({ id, page, search }: SavedView): string {
  return `${page}?${search === '' ? '' : `${search}&`}view=${encodeURIComponent(id)}`;
}

/** What a view of the present list keeps: all but the day, the view and the row that is open. */
export function searchToKeep(search: Search): string {
  return printSearch(Object.fromEntries(Object.entries(search).filter(([word]) => !notKept.includes(word)))).slice(1);
}

/** True when two searches have the same words with the same values. */
export function isSameSearch(a: string, b: string): boolean {
  const sorted = (text: string) =>
    [...new URLSearchParams(text)]
      .map((pair) => pair.join('\0'))
      .sort()
      .join('\0\0');
  return sorted(a) === sorted(b);
}

/** Made without `randomUUID`, which browsers only have where the connection is secure. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function addressOfView({ id }: SavedView): string {
  return `/v1/views/${encodeURIComponent(id)}`;
}
