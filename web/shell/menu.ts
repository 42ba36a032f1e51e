import { pages } from '../pages/all.ts';
import type { PageEntry } from '../parts/page-entry.ts';

/** A page that has a place in the side bar. */
export type MenuEntry = PageEntry & { readonly menu: NonNullable<PageEntry['menu']> };

/** The side bar's entries from top to bottom: pages that exist, and no others. */
export const menu: readonly MenuEntry[] = pages.filter((page): page is MenuEntry => page.menu !== null).sort((a, b) => a.menu.rank - b.menu.rank);
