import { useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { LicenceExceptionRow } from '#server/schemas/licence.ts';
import { inWords, send } from '../../parts/api.ts';
import dialog from '../../parts/dialog-form.module.css';
import { textOf } from '../../parts/form-text.ts';
import { Dialog } from '../../shell/dialog.tsx';

/** Takes an exception back before it ends, as counsel. */
export function TakeBack({ exception }: { readonly exception: LicenceExceptionRow }) {
  const client = useQueryClient();
  const [shown, show] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const name = exception.package ?? exception.licence ?? '';
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason');
    setFailure(null);
    send('POST', '/v1/acts/withdraw-licence-exception', { body: { id: exception.id }, words: { reason } })
      .then(async () => {
        show(false);
        await client.invalidateQueries();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <>
      <button type="button" className="button" data-size="small" aria-label={`Take back the exception for ${name}`} onClick={() => show(true)}>
        Take back…
      </button>
      {shown && (
        <Dialog label="Take an exception back" onClose={() => show(false)}>
          <form className={dialog['form']} onSubmit={submit}>
            <h2>Take back: {name.replace(/^pkg:/, '')}</h2>
            <p className="quiet">What it permits is judged by the IP policy again from now on.</p>
            <label>
              Why
              <input className="field" name="reason" required minLength={3} maxLength={10_000} />
            </label>
            {failure !== null && <p role="alert">{failure}</p>}
            <div className="line">
              <button type="submit" className="button">
                Take it back
              </button>
              <button type="button" className="button" onClick={() => show(false)}>
                Cancel
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
