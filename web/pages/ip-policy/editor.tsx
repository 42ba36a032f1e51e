import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IpPolicyPreview, IpPolicyStatus } from '#server/schemas/licence.ts';
import { inWords, send } from '../../parts/api.ts';
import { Panel } from '../../parts/panel.tsx';
import styles from './ip-policy.module.css';
import { Preview } from './preview.tsx';

/** The document of the IP policy as JSON, to begin from a template, change, look at and propose. */
export function IpPolicyEditor({ status, mayPropose }: { readonly status: IpPolicyStatus; readonly mayPropose: boolean }) {
  const client = useQueryClient();
  const [text, setText] = useState(() => JSON.stringify(status.policy, null, 2));
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<IpPolicyPreview | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const document = readDocument(text);
  const failed = (error: unknown) => {
    setSaid(inWords(error));
  };
  const look = () => {
    setSaid('Judging everything in use…');
    send('POST', '/v1/ip-policy/preview', { policy: document })
      .then((answer) => {
        setPreview(answer as IpPolicyPreview);
        setSaid(null);
      })
      .catch(failed);
  };
  const propose = () => {
    setSaid(null);
    send('POST', '/v1/acts/propose-ip-policy', { body: { policy: document }, words: { reason } })
      .then(async () => {
        setSaid('Proposed. It takes effect once counsel approves it.');
        await client.invalidateQueries();
      })
      .catch(failed);
  };
  return (
    <>
      <Panel title="Document" about="Categories, lines and obligations. Nothing changes before counsel approves it.">
        <div className={styles['form']}>
          <label>
            Begin from{' '}
            <select
              className="field"
              value=""
              onChange={(event) => {
                const chosen = status.templates.find(({ id }) => id === event.target.value);
                setText(JSON.stringify(chosen?.policy ?? status.policy, null, 2));
              }}
            >
              <option value="">the policy in force</option>
              {status.templates.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span className="hidden">IP policy as JSON</span>
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
