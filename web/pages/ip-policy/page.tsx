import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IpPolicyStatus } from '#server/schemas/licence.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
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
              <Waiting key={each.hash} waiting={each} mayApprove={may.has('ip-policy:approve')} />
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

type Proposed = IpPolicyStatus['waiting'][number];

function Waiting({ waiting, mayApprove }: { readonly waiting: Proposed; readonly mayApprove: boolean }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const answer = (approve: boolean) => {
    setFailure(null);
    send('POST', '/v1/acts/approve-ip-policy', { body: { hash: waiting.hash, approve }, words: { reason } })
      .then(() => client.invalidateQueries())
      .catch((error: unknown) => {
        setFailure(inWords(error));
      });
  };
  return (
    <Panel title="Waits for counsel" about={`proposed ${moment(waiting.at)}: ${waiting.reason ?? 'erased'} · ${waiting.hash.slice(0, 12)}`}>
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
          <p className="faint">Counsel approves it: that needs the permission ip-policy:approve.</p>
        )}
        {failure !== null && <p role="alert">{failure}</p>}
      </div>
    </Panel>
  );
}

const shownCharacters = 300;

function Differences({ differences }: { readonly differences: Proposed['differences'] }) {
  if (differences.length === 0) return <Empty title="It changes nothing." />;
  const text = (value: unknown): string => {
    const json = value === undefined ? 'not said' : JSON.stringify(value);
    return json.length > shownCharacters ? `${json.slice(0, shownCharacters)}…` : json;
  };
  return (
    <div className={styles['wide']}>
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
