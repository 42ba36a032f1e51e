import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** How a page joins the frame. Its folder exports one, named like the folder, from `entry.ts`; the page itself is loaded when it is first opened. */
export type PageEntry = {
  /** Path as the router writes it: `/components/$ref`. */
  readonly path: string;
  readonly title: string;
  /** Place in the side bar; null for pages that are reached from others. */
  readonly menu: {
    /** Heading it stands under; null for the first, which has none. */
    readonly group: 'Estate' | 'Decide' | 'Evidence' | null;
    /** Order among all entries. */
    readonly rank: number;
    /** Letter that opens it after G. */
    readonly letter: string;
    readonly icon: Icon;
    /** Which count of the estate stands beside it. */
    readonly count: 'components' | 'packages' | 'findings' | 'sources' | null;
  } | null;
  /** Path of the list it belongs to and the name of its subject, for the breadcrumbs; absent for pages in the menu. */
  readonly parent?: { readonly path: string; nameOf(params: Readonly<Record<string, string>>): string };
  /** True when it shows the day that is chosen in the top bar; others always show now, and say so. */
  readonly isDated: boolean;
  load(): Promise<{ readonly Page: ComponentType }>;
};
