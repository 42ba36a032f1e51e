import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import styles from './access.module.css';

/** Every role and what it allows where. */
export function Roles() {
  const query = useQuery(ask('/v1/roles'));
  return (
    <Answered query={query} what="roles">
      {({ roles }) => (
        <div className={styles['page']}>
          {roles.map((role) => (
            <Panel key={role.id} title={role.title} about={role.does}>
              <p>
                {role.grants.map(({ permission, where }) => (
                  <span key={permission}>
                    <code>{permission}</code>
                    {where === 'teams' && <span className="quiet"> own teams</span>}{' '}
                  </span>
                ))}
              </p>
            </Panel>
          ))}
        </div>
      )}
    </Answered>
  );
}
