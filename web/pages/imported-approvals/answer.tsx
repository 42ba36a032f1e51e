import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useState } from 'react';
import type { ImportedApproval } from '#server/schemas/imported-approval.ts';
import { act } from '../../parts/acts.ts';
import { ask, inWords } from '../../parts/api.ts';
import { textOf } from '../../parts/form-text.ts';
import styles from '../../parts/imported.module.css';
import { announce } from '../../parts/undo.ts';
import { counted } from '../../parts/words.ts';

type AnswerProps = {
  readonly chosen: readonly ImportedApproval[];
  /** The field that the key C goes to. */
  readonly reason: RefObject<HTMLInputElement | null>;
  readonly onDone: () => void;
};

/** Stands behind what was chosen, so that verdicts count it until a day, or rejects it. */
export function Answer({ chosen, reason, onDone }: AnswerProps) {
  const client = useQueryClient();
  const session = useQuery(ask('/v1/session'));
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const permissions = session.data?.permissions ?? [];
  const [mayConfirm, mayReject] = [permissions.includes('licences:conclude'), permissions.includes('ip-policy:write')];
  if (chosen.length === 0)
    return (
      <p className={`quiet ${styles['bar'] ?? ''}`}>
        {mayConfirm || mayReject
          ? 'Choose what you answer: X chooses a row, Shift and X all that wait, C goes on to the reason.'
          : 'Counsel answers these.'}
      </p>
    );
  const ids = chosen.map((each) => each.id);
  const named = [...new Set(chosen.flatMap((each) => (each.licence !== null && each.normal === null ? [each.licence] : [])))];
  const needsConditions = chosen.some((each) => each.says === 'conditions' && each.conditions === null);
  const hasDenied = chosen.some((each) => each.says === 'denied');
  const canConfirm = mayConfirm && !hasDenied;
  const send = (form: HTMLFormElement, says: 'confirm-approval' | 'reject-approval') => {
    if (isSending || !form.reportValidity()) return;
    const said = new FormData(form);
    const given = (name: string): string | null => (textOf(said, name) === '' ? null : textOf(said, name));
    const words = { reason: textOf(said, 'reason') };
    const until = given('until');
    setFailure(null);
    setSending(true);
    const sent =
      says === 'reject-approval'
        ? act('reject-approval', { body: { approvals: ids }, words })
        : act('confirm-approval', {
            body: { approvals: ids, until: until === null ? null : `${until}T00:00:00.000Z`, licence: given('licence') },
            words: { ...words, conditions: given('conditions') },
          });
    sent
      .then(async () => {
        announce(`${counted(ids.length, 'approval')} ${says === 'reject-approval' ? 'rejected' : 'confirmed'}.`);
        onDone();
        await client.invalidateQueries();
      })
      .catch((error: unknown) => setFailure(inWords(error)))
      .finally(() => setSending(false));
  };
  return (
    <form
      className={`${styles['bar'] ?? ''} ${styles['form'] ?? ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        send(event.currentTarget, canConfirm ? 'confirm-approval' : 'reject-approval');
      }}
    >
      <label>
        Reason, shown to auditors
        <input ref={reason} className="field" name="reason" required minLength={3} maxLength={10_000} />
      </label>
      {named.length > 0 && canConfirm && (
        <label>
          Which licence “{named.join('”, “')}” means
          <input
            className="field mono"
            name="licence"
            defaultValue={chosen.find((each) => each.suggestion !== null)?.suggestion ?? ''}
            maxLength={1000}
          />
        </label>
      )}
      {needsConditions && canConfirm && (
        <label>
          Conditions, where the file does not say
          <input className="field" name="conditions" minLength={3} maxLength={10_000} />
        </label>
      )}
      {canConfirm && (
        <label>
          Until; otherwise as the file or the policy says
          <input className="field" type="date" name="until" />
        </label>
      )}
      {canConfirm && (
        <button type="submit" className="button" disabled={isSending}>
          Stand behind {counted(chosen.length, 'approval')}
        </button>
      )}
      <button
        type={canConfirm ? 'button' : 'submit'}
        className="button"
        disabled={!mayReject || isSending}
        onClick={(event) => canConfirm && event.currentTarget.form !== null && send(event.currentTarget.form, 'reject-approval')}
      >
        Reject {counted(chosen.length, 'approval')}
      </button>
      {hasDenied && <p className="quiet">What was denied elsewhere permits nothing: it can only be rejected.</p>}
      {failure !== null && <p role="alert">{failure}</p>}
    </form>
  );
}
