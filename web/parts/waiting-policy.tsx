import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IpPolicyStatus } from '#server/schemas/licence.ts';
import type { PolicyStatus } from '#server/schemas/policy.ts';
import { inWords, send } from './api.ts';
import { Panel } from './panel.tsx';
import { PolicyDifferences } from './policy-differences.tsx';
import styles from './waiting-policy.module.css';
import { moment } from './words.ts';

type Proposed = PolicyStatus['waiting'][number] | IpPolicyStatus['waiting'][number];

type WaitingProps = {
  readonly title: string;
  readonly waiting: Proposed;
  readonly mayApprove: boolean;
  /** The act that answers it, by its id. */
  readonly act: 'approve-policy' | 'approve-ip-policy';
  /** Said to who may not answer. */
  readonly needs: string;
};

/** A policy that waits for its second person: what it would change, and the answer. */
export function WaitingPolicy({ title, waiting, mayApprove, act, needs }: WaitingProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const answer = (approve: boolean) => {
    setFailure(null);
    send('POST', `/v1/acts/${act}`, { body: { hash: waiting.hash, approve }, words: { reason } })
      .then(() => client.invalidateQueries())
      .catch((error: unknown) => {
        setFailure(inWords(error));
      });
  };
  return (
    <Panel title={title} about={`proposed ${moment(waiting.at)}: ${waiting.reason ?? 'erased'} · ${waiting.hash.slice(0, 12)}`}>
      <div className={styles['form']}>
        <PolicyDifferences differences={waiting.differences} />
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
          <p className="faint">{needs}</p>
        )}
        {failure !== null && <p role="alert">{failure}</p>}
      </div>
    </Panel>
  );
}
