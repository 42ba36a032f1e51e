import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PolicyStatus } from '#server/schemas/policy.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
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
              <Waiting key={each.hash} waiting={each} mayApprove={may.has('policy:approve')} />
            ))}
            <PolicyEditor policy={status.policy} mayPropose={may.has('policy:write')} />
            <Versions status={status} />
          </div>
        )}
      </Answered>
    </div>
  );
}

type Proposed = PolicyStatus['waiting'][number];

function Waiting({ waiting, mayApprove }: { readonly waiting: Proposed; readonly mayApprove: boolean }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const answer = (approve: boolean) => {
    setFailure(null);
    send('POST', '/v1/acts/approve-policy', { body: { hash: waiting.hash, approve }, words: { reason } })
      .then(() => client.invalidateQueries())
      .catch((error: unknown) => {
        setFailure(inWords(error));
      });
  };
  return (
    <Panel title="Waits for a second person" about={`proposed ${moment(waiting.at)}: ${waiting.reason ?? 'erased'} · ${waiting.hash.slice(0, 12)}`}>
      <div className={styles['form']}>
        <Differences differences={waiting.differences} />
        {mayApprove ? (
          <>
            <label>
              Why
              <input className="field" value={reason} onChange={(event) => setReason(event.target.value)} />
            </label>
            <div className="line">
              <button type="button" className="button" disabled={reason.length < 3} onClick={() => answer(true)}>
                Approve
              </button>
              <button type="button" className="button" disabled={reason.length < 3} onClick={() => answer(false)}>
                Refuse
              </button>
            </div>
          </>
        ) : (
          <p className="faint">Approving it needs the permission policy:approve.</p>
        )}
        {failure !== null && <p role="alert">{failure}</p>}
      </div>
    </Panel>
  );
}

function Differences({ differences }: { readonly differences: Proposed['differences'] }) {
  if (differences.length === 0) return <Empty title="It changes nothing." />;
  const text = (value: unknown): string => (value === undefined ? 'not said' : JSON.stringify(value));
  return (
    <table className={table['table']}>
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Now</th>
          <th scope="col">Then</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ place, before, after }) => (
          <tr key={place}>
            <th scope="row">
              <code>{place}</code>
            </th>
            <td>
              <code>{text(before)}</code>
            </td>
            <td>
              <code>{text(after)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
