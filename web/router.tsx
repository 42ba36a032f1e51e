import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { pages } from './pages/all.ts';
import { Failed } from './parts/page-state.tsx';
import { parseSearch, printSearch } from './parts/search-params.ts';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const routes = pages.map((page) => createRoute({ getParentRoute: () => root, path: page.path, component: lazyRouteComponent(page.load, 'Page') }));

/** The addresses of the web: one route for each page, its code loaded when it is first opened or pointed at. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch: (text) => parseSearch(text),
  stringifySearch: (search) => printSearch(search as Record<string, string>),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => <Failed what="this page" error={error} retry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
