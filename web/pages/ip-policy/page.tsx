import { useQuery } from '@tanstack/react-query';
import type { IpPolicyStatus } from '#server/schemas/licence.ts';
import { ask } from '../../parts/api.ts';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { WaitingPolicy } from '../../parts/waiting-policy.tsx';
import { moment } from '../../parts/words.ts';
import { IpPolicyEditor } from './editor.tsx';
import styles from './ip-policy.module.css';
import { Matrix } from './matrix.tsx';

/** The IP policy in force as a table of verdicts, what waits for counsel, and a document to change it with. */
export function Page() {
  const query = useQuery(ask('/v1/ip-policy'));
  const session = useQuery(ask('/v1/session'));
  const may = new Set(session.data?.permissions ?? []);
  return (
    <div className="page">
      <PageHead
        title="IP policy"
        about="By what licences are judged. Counsel approves a change by its hash, and not who proposed it. Verdicts under it are no legal advice."
      />
      <Answered query={query} what="the IP policy" rows={8}>
        {(status) => (
          <div className={styles['panels']}>
            {status.waiting.map((each) => (
              <WaitingPolicy
                key={each.hash}
                title="Waits for counsel"
                waiting={each}
                mayApprove={may.has('ip-policy:approve')}
                act="approve-ip-policy"
                needs="Counsel approves it: that needs the permission ip-policy:approve."
              />
            ))}
            <Matrix status={status} />
            <IpPolicyEditor status={status} mayPropose={may.has('ip-policy:write')} />
            <Versions status={status} />
          </div>
        )}
      </Answered>
    </div>
  );
}

function Versions({ status }: { readonly status: IpPolicyStatus }) {
  return (
    <Panel title="Versions" about="every IP policy that was in force" flush>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Since</th>
            <th scope="col">Approved by</th>
            <th scope="col">Hash</th>
          </tr>
        </thead>
        <tbody>
          {[...status.versions].reverse().map(({ version, since, approvedBy, hash }) => (
            <tr key={version}>
              <th scope="row">ip-policy@{version}</th>
              <td>{since === null ? 'built in' : moment(since)}</td>
              <td>{approvedBy ?? <span className="faint">nobody</span>}</td>
              <td>
                <code>{hash.slice(0, 16)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
