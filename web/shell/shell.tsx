import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { Suspense, lazy, useState } from 'react';
import { menu } from './menu.ts';
import { ApiError, ask } from '../parts/api.ts';
import { useKeys } from '../parts/keys.ts';
import type { Keys } from '../parts/keys.ts';
import { useSearchParams } from '../parts/search-params.ts';
import { LoginNeeded } from './login-needed.tsx';
import styles from './shell.module.css';
import { SideBar } from './side-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { UndoToast } from './undo-toast.tsx';

const Search = lazy(async () => ({ default: (await import('./search.tsx')).Search }));
const Shortcuts = lazy(async () => ({ default: (await import('./shortcuts.tsx')).Shortcuts }));

/** The frame of every page: side bar, top bar, search, shortcuts. Without a session it says how to get one. */
export function Shell() {
  const router = useRouter();
  const [dialog, setDialog] = useState<'search' | 'shortcuts' | null>(null);
  const session = useQuery({ ...ask('/v1/session'), refetchInterval: 60_000 });
  const [{ asOf }] = useSearchParams();
  const estate = useQuery({
    ...ask('/v1/estate', {}, { asOf }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
    enabled: session.isSuccess,
  });
  const go: Keys = Object.fromEntries(menu.map((entry) => [`g ${entry.menu.letter}`, () => router.history.push(entry.path)]));
  useKeys({
    ...go,
    'mod+k': () => setDialog('search'),
    '/': () => (document.querySelector<HTMLInputElement>('[data-filter]') ?? null)?.focus(),
    '?': () => setDialog('shortcuts'),
  });
  if (session.error instanceof ApiError && session.error.status === 401) return <LoginNeeded />;
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#content">
        Skip to content
      </a>
      <SideBar estate={estate.data} session={session.data} />
      <div className={styles['main']}>
        <TopBar estate={estate.data} onSearch={() => setDialog('search')} onShortcuts={() => setDialog('shortcuts')} />
        {session.error !== null && (
          <p className={styles['banner']} role="alert">
            {session.error.message} What is shown was loaded before.
          </p>
        )}
        <main id="content" tabIndex={-1} className={styles['content']}>
          <Outlet />
        </main>
      </div>
      <UndoToast />
      <Suspense>
        {dialog === 'search' && <Search onClose={() => setDialog(null)} onShortcuts={() => setDialog('shortcuts')} />}
        {dialog === 'shortcuts' && <Shortcuts onClose={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}
