import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { ask, inWords, send } from '../../parts/api.ts';
import dialog from '../../parts/dialog-form.module.css';
import { textOf } from '../../parts/form-text.ts';
import { counted } from '../../parts/words.ts';
import { Dialog } from '../../shell/dialog.tsx';

const mostAtOnce = 200;

type FulfilProps = { readonly component: string; readonly obligation: string; readonly onClose: () => void };

/** Says that a duty was fulfilled for the package versions for which it is due, and where that can be seen. */
export function Fulfil({ component, obligation, onClose }: FulfilProps) {
  const client = useQueryClient();
  const due = useQuery(ask('/v1/components/:ref/obligations', { ref: component }, { obligation, state: 'due', limit: String(mostAtOnce) }));
  const [failure, setFailure] = useState<string | null>(null);
  const rows = due.data?.items ?? [];
  const artifacts = [...new Set(rows.map((each) => each.artifact))];
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const evidence = textOf(new FormData(event.currentTarget), 'evidence');
    setFailure(null);
    const said = artifacts.map((artifact) => {
      const packages = rows.filter((each) => each.artifact === artifact).map(({ purl }) => purl);
      return send('POST', '/v1/acts/fulfil-obligation', { body: { component, artifact, obligation, packages }, words: { evidence } });
    });
    Promise.all(said)
      .then(async () => {
        await client.invalidateQueries();
        onClose();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Dialog label="Obligation fulfilled" onClose={onClose}>
      <form className={dialog['form']} onSubmit={submit}>
        <h2>{rows[0]?.obligation.title ?? 'Obligation'}: fulfilled</h2>
        <p className="quiet">
          {rows[0]?.obligation.asks} {rows[0]?.obligation.shownBy} It is due for {counted(rows.length, 'package version')}; a later version has its
          own duty.
        </p>
        <label>
          Where it can be seen
          <input className="field" name="evidence" required minLength={3} maxLength={2000} placeholder="NOTICE in release 4.2, or an address" />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" disabled={rows.length === 0}>
            Say so
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
