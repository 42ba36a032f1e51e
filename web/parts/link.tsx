import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { parseSearch, printSearch, useSearchParams } from './search-params.ts';

/** A link inside Guildhall. Keeps the as-of day of the present page, and changes the page without loading it anew. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  const router = useRouter();
  const [search] = useSearchParams();
  const target = onSameDay(href, search['asOf']);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.history.push(target);
  };
  return <a {...rest} href={target} onClick={follow} />;
}

/** Page of a component. */
export function componentHref(ref: string): string {
  return `/components/${encodeURIComponent(ref)}`;
}

/** Page of a package, by its purl without version. */
export function packageHref(purl: string): string {
  return `/packages/${encodeURIComponent(purl)}`;
}

/** The desk with one finding open. */
export function findingHref(id: string): string {
  return `/findings?id=${encodeURIComponent(id)}`;
}

/** Page of a receipt. */
export function receiptHref(id: string): string {
  return `/receipts/${encodeURIComponent(id)}`;
}

/** A list page narrowed by these words. */
export function listHref(path: string, search: Readonly<Record<string, string | undefined>>): string {
  return path + printSearch(search);
}

/** An address that shows the day of the present page, unless it names one itself. */
export function onSameDay(href: string, asOf: string | undefined): string {
  if (asOf === undefined) return href;
  const [path = '/', text = ''] = href.split('?', 2);
  return path + printSearch({ asOf, ...parseSearch(text) });
}
