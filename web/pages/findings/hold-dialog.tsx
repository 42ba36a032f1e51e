import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { HoldReason } from '../../parts/acts.ts';
import { inWords } from '../../parts/api.ts';
import { useNow } from '../../parts/now.ts';
import { counted } from '../../parts/words.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { dayAfter } from './decision-draft.ts';
import type { Hold } from './desk-actions.ts';
import styles from './desk-dialog.module.css';

const reasons: Readonly<Record<HoldReason, string>> = {
  'waiting-for-release': 'Waiting for our release',
  'waiting-for-upstream': 'Waiting for upstream',
  'waiting-for-supplier': 'Waiting for a supplier',
  'change-freeze': 'Change freeze',
  'question-open': 'A question is open',
};
const usualDays = 14;
const longestDays = 91;

type HoldDialogProps = { readonly count: number; readonly onHold: (hold: Hold) => Promise<void>; readonly onClose: () => void };

/** Asks why and until when clocks are held. Holding closes nothing. */
export function HoldDialog({ count, onHold, onClose }: HoldDialogProps) {
  const now = useNow();
  const [because, setBecause] = useState<HoldReason>('waiting-for-release');
  const [until, setUntil] = useState(() => dayAfter(now, usualDays));
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setFailure(null);
    onHold({ because, until, reason }).then(onClose, (error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Dialog label="Hold the clock" onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <h2>Hold {counted(count, 'clock')}</h2>
        <p className="quiet">Time stops until that day. It decides nothing: the finding stays open.</p>
        <label>
          Because
          <select className="field" value={because} onChange={(event) => setBecause(event.target.value as HoldReason)}>
            {Object.entries(reasons).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          Until
          <input
            className="field"
            type="date"
            required
            min={dayAfter(now, 0)}
            max={dayAfter(now, longestDays)}
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </label>
        <label>
          Reason
          <input className="field" required minLength={3} maxLength={10_000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" disabled={reason.trim().length < 3 || until === ''}>
            Hold
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
