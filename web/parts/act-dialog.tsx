import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { inWords, send } from './api.ts';
import dialog from './dialog-form.module.css';
import { textOf } from './form-text.ts';

/** What was filled in, by the name of the field; empty where nothing was. */
export type Said = (name: string) => string;

type ActDialogProps = {
  /** What it does; also on its button. */
  readonly title: string;
  readonly about: ReactNode;
  /** The act that is sent, from what was filled in and the button that was pressed. */
  readonly act: (said: Said) => { readonly kind: string; readonly body: object; readonly words?: object };
  /** Number of the last act that was seen of what it is about; absent: it does not matter. */
  readonly version?: number;
  /** In place of the one button with the title. */
  readonly buttons?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Sends one act from a form. What was said stays in it while the office refuses; once it is done everything shown is asked anew. */
export function ActDialog({ title, about, act, version, buttons, onClose, children }: ActDialogProps) {
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    const { kind, ...content } = act((name) => textOf(form, name));
    setFailure(null);
    setSending(true);
    send('POST', `/v1/acts/${kind}`, { ...content, ...(version === undefined ? {} : { expects: version }) })
      .then(async () => {
        await client.invalidateQueries();
        onClose();
      })
      .catch((error: unknown) => setFailure(inWords(error)))
      .finally(() => setSending(false));
  };
  return (
    <Dialog label={title} onClose={onClose}>
      <form className={dialog['form']} onSubmit={submit}>
        <h2>{title}</h2>
        <p className="quiet">{about}</p>
        {children}
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          {buttons ?? (
            <button type="submit" className="button" disabled={isSending}>
              {title}
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
