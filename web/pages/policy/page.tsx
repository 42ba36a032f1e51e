import { useQuery } from '@tanstack/react-query';
import type { PolicyStatus } from '#server/schemas/policy.ts';
import { ask } from '../../parts/api.ts';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { WaitingPolicy } from '../../parts/waiting-policy.tsx';
import { moment } from '../../parts/words.ts';
import { PolicyEditor } from './editor.tsx';
import styles from './policy.module.css';

/** The policy in force, what waits for a second person, a document to change it with, and what that would do. */
export function Page() {
  const query = useQuery(ask('/v1/policy'));
  const session = useQuery(ask('/v1/session'));
  const may = new Set(session.data?.permissions ?? []);
  return (
    <div className="page">
      <PageHead title="Policy" about="By what the office judges. A change is proposed by one person and approved by another, by its hash." />
      <Answered query={query} what="the policy" rows={8}>
        {(status) => (
          <div className={styles['panels']}>
            {status.waiting.map((each) => (
              <WaitingPolicy
                key={each.hash}
                title="Waits for a second person"
                waiting={each}
                mayApprove={may.has('policy:approve')}
                act="approve-policy"
                needs="Approving it needs the permission policy:approve."
              />
            ))}
            <PolicyEditor policy={status.policy} mayPropose={may.has('policy:write')} />
            <Versions status={status} />
          </div>
        )}
      </Answered>
    </div>
  );
}

function Versions({ status }: { readonly status: PolicyStatus }) {
  return (
    <Panel title="Versions" about="every policy that was in force" flush>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Since</th>
            <th scope="col">Hash</th>
          </tr>
        </thead>
        <tbody>
          {[...status.versions].reverse().map(({ version, since, hash }) => (
            <tr key={version}>
              <th scope="row">{version}</th>
              <td>{since === null ? 'built in' : moment(since)}</td>
              <td>
                <code>{hash}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
