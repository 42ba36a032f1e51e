import { useQuery } from '@tanstack/react-query';
import type { Session } from '#server/schemas/session.ts';
import { ask, signOut } from '../../parts/api.ts';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { moment } from '../../parts/words.ts';
import { Notices } from './notices.tsx';
import { Password } from './password.tsx';
import styles from './account.module.css';
import { OwnTokens } from './own-tokens.tsx';

const cameBy = { link: 'a login link', password: 'a password', oidc: 'single sign-on', token: 'a token' } as const;

/** Who one is here, what one may do, and one's password and tokens. */
export function Page() {
  const session = useQuery(ask('/v1/session'));
  return (
    <Answered query={session} what="your account">
      {(one) => (
        <div className={styles['page']}>
          <PageHead
            title={one.principal.name}
            about={`Signed in by ${cameBy[one.principal.how]}${one.expires === null ? '' : `, until ${moment(one.expires)}`}`}
            actions={
              <button type="button" className="button" onClick={() => void signOut().then(() => location.reload())}>
                Sign out
              </button>
            }
          />
          <Roles session={one} />
          {one.principal.id.startsWith('person:') && <Password />}
          {one.principal.id.startsWith('person:') && <Notices id={one.principal.id} />}
          {one.permissions.includes('tokens:write') && <OwnTokens session={one} />}
        </div>
      )}
    </Answered>
  );
}

function Roles({ session }: { readonly session: Session }) {
  const { roles, teams, id } = session.principal;
  return (
    <Panel title="Roles" about={teams.length === 0 ? 'You are in no team.' : `Your teams: ${teams.join(', ')}`}>
      {roles.length === 0 ? (
        <p>
          {id === 'link'
            ? 'A link that names nobody may do everything until there is an administrator; from then on it keeps people and roles and decides nothing.'
            : 'You have no role, and see nothing of the estate. An administrator or the open source office gives you one.'}
        </p>
      ) : (
        <ul>
          {roles.map((each) => (
            <li key={each.role + each.how}>
              {each.title}
              {each.how === 'delegated' && ', standing in for somebody'}
              {each.how === 'break-glass' && ', taken in an emergency'}
              {each.until !== null && `, until ${moment(each.until)}`}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">
        {session.findings === 'all'
          ? 'You see the findings of every team.'
          : session.findings === 'some'
            ? 'You see the findings of your teams. Of others you see the catalogue.'
            : 'You see no findings.'}
      </p>
    </Panel>
  );
}
