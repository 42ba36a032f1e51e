import { useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import type { EstateStatus } from '#server/schemas/overview.ts';
import { pages } from '../pages/all.ts';
import { CoverageBar } from '../parts/certainty.tsx';
import { Link } from '../parts/link.tsx';
import type { PageEntry } from '../parts/page-entry.ts';
import { useSearchParams } from '../parts/search-params.ts';
import { day, percent } from '../parts/words.ts';
import { AsOf } from './as-of.tsx';
import styles from './top-bar.module.css';

type TopBarProps = { readonly estate: EstateStatus | undefined; readonly onSearch: () => void; readonly onShortcuts: () => void };

/** Where we are, search, the day that is asked about, coverage, shortcuts and theme. */
export function TopBar({ estate, onSearch, onShortcuts }: TopBarProps) {
  const [search] = useSearchParams();
  const asOf = search['asOf'];
  return (
    <header className={styles['bar']} data-past={asOf !== undefined || undefined}>
      <Breadcrumbs />
      {asOf !== undefined && <Past asOf={asOf} />}
      <div className={styles['tools']}>
        <button type="button" className={styles['search']} onClick={onSearch}>
          <IconSearch size={15} stroke={1.75} aria-hidden="true" />
          <span className="clip">Search packages, components, CVEs, teams</span>
          <kbd>Ctrl</kbd>
          <kbd>K</kbd>
        </button>
        <AsOf estate={estate} />
        <Coverage estate={estate} />
        <button type="button" className={styles['icon']} aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" onClick={onShortcuts}>
          <IconKeyboard size={16} stroke={1.75} aria-hidden="true" />
        </button>
        <ThemeSwitch />
      </div>
    </header>
  );
}

/** That it is not now, or that the page shows now all the same. */
function Past({ asOf }: { readonly asOf: string }) {
  const page = usePage();
  return (
    <span className={styles['past']} role="status">
      {page?.isDated === false ? `This page shows now; others are as of ${day(asOf)}` : `As of ${day(asOf)}, read only`}
    </span>
  );
}

function Coverage({ estate }: { readonly estate: EstateStatus | undefined }) {
  const [{ asOf }] = useSearchParams();
  if (estate === undefined) return null;
  const { read, known } = estate.coverage;
  const share = known === 0 ? null : read / known;
  return (
    <Link
      className={styles['pill']}
      href={asOf === undefined ? '/components?read=week' : '/components?observed=true'}
      title={`${read} of ${known} components were ${asOf === undefined ? 'read within seven days' : 'observed by then'}`}
    >
      <CoverageBar share={share} width={28} />
      {share === null ? 'nothing read' : `${percent(share)} ${asOf === undefined ? 'read' : 'observed'}`}
    </Link>
  );
}

function Breadcrumbs() {
  const params = useRouterState({ select: (state) => (state.matches.at(-1)?.params ?? {}) as Record<string, string> });
  const page = usePage();
  if (page === undefined) return <div className={styles['crumbs']} />;
  const list = page.parent === undefined ? page : (pages.find((entry) => entry.path === page.parent?.path) ?? page);
  return (
    <nav className={styles['crumbs']} aria-label="Breadcrumbs">
      <ol>
        {list.menu?.group != null && <li>{list.menu.group}</li>}
        {page.parent !== undefined && (
          <li>
            <Link href={list.path}>{list.title}</Link>
          </li>
        )}
        <li aria-current="page" className="clip">
          {page.parent === undefined ? page.title : page.parent.nameOf(params)}
        </li>
      </ol>
    </nav>
  );
}

/** The page that is shown; undefined where there is none. */
function usePage(): PageEntry | undefined {
  const path = useRouterState({ select: (state) => state.matches.at(-1)?.fullPath ?? '/' });
  return pages.find((entry) => entry.path === path);
}

function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const label = dark ? 'Light theme' : 'Dark theme';
  return (
    <button type="button" className={styles['icon']} aria-label={label} title={label} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
      {dark ? <IconSun size={16} stroke={1.75} aria-hidden="true" /> : <IconMoon size={16} stroke={1.75} aria-hidden="true" />}
    </button>
  );
}
