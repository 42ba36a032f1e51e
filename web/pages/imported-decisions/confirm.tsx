import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { ImportedDecision } from '#server/schemas/imported-decision.ts';
import { act, type Justification } from '../../parts/acts.ts';
import { ask, inWords } from '../../parts/api.ts';
import { textOf } from '../../parts/form-text.ts';
import { announce } from '../../parts/undo.ts';
import { justificationWords } from '../../parts/verdict-words.ts';
import { counted } from '../../parts/words.ts';
import { PersonChoice } from '../../parts/person-choice.tsx';
import styles from '../../parts/imported.module.css';

type ConfirmProps = { readonly chosen: readonly ImportedDecision[]; readonly onDone: () => void };

/** Stands behind what was chosen; accepted risks of weight wait for a second person from then on. */
export function Confirm({ chosen, onDone }: ConfirmProps) {
  const client = useQueryClient();
  const session = useQuery(ask('/v1/session'));
  const [owner, setOwner] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const may = session.data?.permissions.includes('findings:decide') === true;
  const needsOwner = chosen.some((each) => each.verdict === 'accepted');
  const needsWhy = chosen.some((each) => each.verdict === 'not-affected' && each.justification === null);
  if (chosen.length === 0)
    return (
      <p className={`quiet ${styles['bar'] ?? ''}`}>
        {may ? 'Choose what you stand behind.' : 'Somebody who decides about these findings stands behind them.'}
      </p>
    );
  const principal = session.data?.principal;
  const me = principal === undefined ? [] : [{ id: principal.id, name: `${principal.name} (me)` }];
  const confirm = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const why = textOf(said, 'justification');
    setFailure(null);
    act('confirm-decision', {
      body: {
        decisions: chosen.map((each) => each.id),
        owner: needsOwner ? owner : null,
        justification: needsWhy && why !== '' ? (why as Justification) : null,
      },
      words: { reason: textOf(said, 'reason') },
    })
      .then(async () => {
        announce(`${counted(chosen.length, 'decision')} confirmed.`);
        onDone();
        await client.invalidateQueries();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <form className={`${styles['bar'] ?? ''} ${styles['form'] ?? ''}`} onSubmit={confirm}>
      <label>
        Reason, shown to auditors
        <input className="field" name="reason" required minLength={3} maxLength={10_000} />
      </label>
      {needsWhy && (
        <label>
          Why not affected, where the file does not say
          <select className="field" name="justification" required defaultValue="">
            <option value="" disabled>
              Choose why
            </option>
            {Object.entries(justificationWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      )}
      {needsOwner && (
        <label>
          Owner of the risks that are accepted
          <PersonChoice label="Owner of the risks that are accepted" value={owner} first={me} onChange={setOwner} />
        </label>
      )}
      <button type="submit" className="button" disabled={!may || (needsOwner && owner === null)}>
        Stand behind {counted(chosen.length, 'decision')}
      </button>
      {failure !== null && <p role="alert">{failure}</p>}
    </form>
  );
}
