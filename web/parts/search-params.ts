import { useParams, useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The words behind the `?` of an address, by name. Filters, order and selection of a page live there, so that every view is a link. */
export type Search = Readonly<Record<string, string | undefined>>;

/** Reads the words behind the `?`; of a name given twice the last holds. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Writes them, `?` included, those that are set only; an empty text when none is. */
export function printSearch(search: Search): string {
  const set = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}

/** The present search words and a way to change some of them; `undefined` takes a word away. */
export function useSearchParams(): readonly [search: Search, change: (patch: Search, how?: 'push' | 'replace') => void] {
  const router = useRouter();
  const text = useRouterState({ select: (state) => state.location.searchStr });
  const search = parseSearch(text);
  const change = useCallback(
    (patch: Search, how: 'push' | 'replace' = 'push') => {
      const { pathname, searchStr } = router.latestLocation;
      router.history[how](pathname + printSearch({ ...parseSearch(searchStr), ...patch }));
    },
    [router],
  );
  return [search, change];
}

/** Words that stand for themselves on every page: the day asked about. */
export const everyPage: readonly string[] = ['asOf'];

/** A part of the present path, decoded: the `ref` of `/components/$ref`. Empty when the path has no part of that name. */
export function usePathParam(name: string): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return params[name] ?? '';
}
