import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { CouncilCondition } from '#server/schemas/council.ts';
import { Dialog } from '../shell/dialog.tsx';
import { inWords, send } from './api.ts';
import { textOf } from './form-text.ts';
import dialog from './dialog-form.module.css';

/** What the asker may do about a condition: show that it is met, or say as second person whether what was shown shows it. */
export function ConditionActions({ condition }: { readonly condition: CouncilCondition }) {
  const [shown, show] = useState(false);
  const { may } = condition;
  if (!may.fulfil && !may.confirm) return null;
  return (
    <>
      <button type="button" className="button" data-size="small" onClick={() => show(true)}>
        {may.fulfil ? 'Show it is met…' : 'Judge what was shown…'}
      </button>
      {shown && <Answer condition={condition} onClose={() => show(false)} />}
    </>
  );
}

function Answer({ condition, onClose }: { readonly condition: CouncilCondition; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const isFirst = condition.may.fulfil;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget, event.nativeEvent.submitter);
    const text = textOf(said, 'text');
    const asked = isFirst
      ? send('POST', '/v1/acts/fulfil-condition', { body: { condition: condition.id }, words: { text, link: textOf(said, 'link') || null } })
      : send('POST', '/v1/acts/confirm-condition', {
          body: { condition: condition.id, confirm: textOf(said, 'confirm') === 'yes' },
          words: { reason: text },
        });
    asked
      .then(async () => {
        await client.invalidateQueries();
        onClose();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Dialog label="A condition" onClose={onClose}>
      <form className={dialog['form']} onSubmit={submit}>
        <h2>{condition.text ?? 'Words erased'}</h2>
        {condition.claim !== null && (
          <p className="quiet">
            {condition.claim.by.name} showed: {condition.claim.text ?? 'words erased'} {condition.claim.link}
          </p>
        )}
        <label>
          {isFirst ? 'How it is met' : 'Why'}
          <textarea className="field" name="text" rows={4} required minLength={3} maxLength={20_000} />
        </label>
        {isFirst && (
          <label>
            Where it can be seen
            <input className="field mono" name="link" type="url" pattern="https?://.*" placeholder="https://" />
          </label>
        )}
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" name="confirm" value="yes">
            {isFirst ? 'Show it' : 'Confirm that it is met'}
          </button>
          {!isFirst && (
            <button type="submit" className="button" name="confirm" value="no">
              It is not met
            </button>
          )}
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
