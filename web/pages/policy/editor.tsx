import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PolicyPreview, PolicyStatus } from '#server/schemas/policy.ts';
import { inWords, send } from '../../parts/api.ts';
import { Panel } from '../../parts/panel.tsx';
import styles from './policy.module.css';
import { Preview } from './preview.tsx';

/** The document of the policy as JSON, to change, look at and propose. */
export function PolicyEditor({ policy, mayPropose }: { readonly policy: PolicyStatus['policy']; readonly mayPropose: boolean }) {
  const client = useQueryClient();
  const [text, setText] = useState(() => JSON.stringify(policy, null, 2));
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<PolicyPreview | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const document = readDocument(text);
  const failed = (error: unknown) => {
    setSaid(inWords(error));
  };
  const look = () => {
    setSaid('Looking at the estate and its past year…');
    send('POST', '/v1/policy/preview', { policy: document })
      .then((answer) => {
        setPreview(answer as PolicyPreview);
        setSaid(null);
      })
      .catch(failed);
  };
  const propose = () => {
    setSaid(null);
    send('POST', '/v1/acts/propose-policy', { body: { policy: document }, words: { reason } })
      .then(async () => {
        setSaid('Proposed. It takes effect once somebody else approves it.');
        await client.invalidateQueries();
      })
      .catch(failed);
  };
  return (
    <>
      <Panel title="Document" about="What it leaves out is as built in. Nothing changes before somebody else approves it.">
        <div className={styles['form']}>
          <label>
            <span className="hidden">Policy as JSON</span>
            <textarea className={styles['editor']} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
          </label>
          {document === null && <p role="alert">This is no JSON document.</p>}
          {said !== null && <p role="status">{said}</p>}
          <div className="line">
            <button type="button" className="button" disabled={document === null} onClick={look}>
              Preview
            </button>
            {mayPropose && (
              <>
                <input
                  className="field"
                  aria-label="Why it is proposed"
                  placeholder="Why"
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
                <button type="button" className="button" disabled={document === null || reason.length < 3} onClick={propose}>
                  Propose
                </button>
              </>
            )}
          </div>
        </div>
      </Panel>
      {preview !== null && <Preview preview={preview} />}
    </>
  );
}

function readDocument(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
