import { IconBuildingBank, IconLogout } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import type { EstateStatus } from '#server/schemas/overview.ts';
import type { Session } from '#server/schemas/session.ts';
import { signOut } from '../parts/api.ts';
import { Link } from '../parts/link.tsx';
import { count } from '../parts/words.ts';
import { menu } from './menu.ts';
import type { MenuEntry } from './menu.ts';
import styles from './side-bar.module.css';

/** The pages by group, each with the size of its list, and who is signed in. */
export function SideBar({ estate, session }: { readonly estate: EstateStatus | undefined; readonly session: Session | undefined }) {
  const groups = [...new Set(menu.map((entry) => entry.menu.group))];
  return (
    <nav className={styles['bar']} aria-label="Pages">
      <div className={styles['brand']}>
        <IconBuildingBank size={18} stroke={1.75} aria-hidden="true" />
        <b>Guildhall</b>
        <span className="faint clip">{estate?.name}</span>
      </div>
      {groups.map((group) => (
        <div key={group ?? ''} className={styles['group']}>
          {group !== null && <div className={styles['heading']}>{group}</div>}
          <ul>
            {menu
              .filter((entry) => entry.menu.group === group)
              .map((entry) => (
                <Entry key={entry.path} entry={entry} estate={estate} isCounted={entry.menu.count !== 'findings' || session?.findings !== 'none'} />
              ))}
          </ul>
        </div>
      ))}
      <div className={styles['person']}>
        {session !== undefined && (
          <>
            <Link className="clip" href="/account" title={session.principal.roles.map((each) => each.title).join(', ') || 'No role'}>
              {session.principal.name}
            </Link>
            <button type="button" aria-label="Sign out" title="Sign out" onClick={() => void signOut().then(() => location.reload())}>
              <IconLogout size={16} stroke={1.75} aria-hidden="true" />
            </button>
          </>
        )}
      </div>
    </nav>
  );
}

type EntryProps = { readonly entry: MenuEntry; readonly estate: EstateStatus | undefined; readonly isCounted: boolean };

function Entry({ entry, estate, isCounted }: EntryProps) {
  const here = useRouterState({ select: (state) => state.location.pathname });
  const current = entry.path === '/' ? here === '/' : here === entry.path || here.startsWith(`${entry.path}/`);
  const trouble = entry.menu.count === 'sources' ? (estate?.sourcesInTrouble ?? 0) : 0;
  const Icon = entry.menu.icon;
  return (
    <li>
      <Link className={styles['entry']} href={entry.path} aria-current={current ? 'page' : undefined}>
        <Icon size={16} stroke={1.75} aria-hidden="true" />
        <span>{entry.title}</span>
        {trouble > 0 ? (
          <span className={styles['trouble']}>{trouble} in trouble</span>
        ) : (
          isCounted && entry.menu.count !== null && estate !== undefined && <span className={styles['count']}>{count(estate[entry.menu.count])}</span>
        )}
      </Link>
    </li>
  );
}
