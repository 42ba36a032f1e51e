import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Dialog } from '../../shell/dialog.tsx';
import { newActId } from '../../parts/act-id.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import dialog from '../../parts/dialog-form.module.css';
import { textOf } from '../../parts/form-text.ts';
import { Link } from '../../parts/link.tsx';
import { FormFieldInput } from '../../parts/form-field-input.tsx';
import { fieldsOf, formOf } from '../../parts/form-fields.ts';

/** Asks the council: the kind, its form, and in words what it is about. */
export function AskCouncil({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [id] = useState(newActId);
  const [kind, setKind] = useState('use');
  const [state, setState] = useState<'asking' | 'sending' | 'asked'>('asking');
  const [failure, setFailure] = useState<string | null>(null);
  const kinds = useQuery(ask('/v1/council/kinds'));
  const chosen = kinds.data?.kinds.find((each) => each.id === kind);
  const fields = chosen === undefined ? [] : fieldsOf(chosen.form);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    setFailure(null);
    setState('sending');
    send('POST', '/v1/acts/request-review', {
      body: { id, question: { kind, form: formOf(fields, said) }, team: textOf(said, 'team') || null },
      words: { title: textOf(said, 'title'), details: textOf(said, 'details') },
    })
      .then(async () => {
        setState('asked');
        await client.invalidateQueries();
      })
      .catch((error: unknown) => {
        setFailure(inWords(error));
        setState('asking');
      });
  };
  if (state === 'asked') {
    return (
      <Dialog label="Asked" onClose={onClose}>
        <div className={dialog['form']} role="status">
          <p>The council is asked. Where the same was being asked, you joined that case.</p>
          <Link className="button" href={`/council/${id}`}>
            Go to the case
          </Link>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog label="Ask the council" onClose={onClose}>
      <form className={dialog['form']} onSubmit={submit}>
        <h2>Ask the council</h2>
        <label>
          Kind
          <select className="field" value={kind} onChange={(event) => setKind(event.target.value)}>
            {(kinds.data?.kinds ?? []).map((each) => (
              <option key={each.id} value={each.id}>
                {each.title}
              </option>
            ))}
          </select>
        </label>
        {chosen !== undefined && (
          <p className="quiet">
            {chosen.asks} Answered within {chosen.dueDays} days. It wants to see: {chosen.evidence.map((each) => each.title.toLowerCase()).join('; ')}
            .
          </p>
        )}
        <label>
          In a line
          <input className="field" name="title" required minLength={3} maxLength={300} placeholder="May we use left-pad in the client portal?" />
        </label>
        <div className={dialog['row']} key={kind}>
          {fields.map((field) => (
            <FormFieldInput key={field.name} field={field} />
          ))}
          <label>
            Team
            <input className="field" name="team" placeholder="where no component is named" />
          </label>
        </div>
        <label>
          What it is for, and what you know
          <textarea className="field" name="details" rows={4} maxLength={20_000} />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" disabled={state === 'sending' || chosen === undefined}>
            Ask
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
