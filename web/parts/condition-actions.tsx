import { useState } from 'react';
import type { CouncilCondition } from '#server/schemas/council.ts';
import { ActDialog } from './act-dialog.tsx';

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
      {shown &&
        (may.fulfil ? <Fulfil condition={condition} onClose={() => show(false)} /> : <Judge condition={condition} onClose={() => show(false)} />)}
    </>
  );
}

type AnswerProps = { readonly condition: CouncilCondition; readonly onClose: () => void };

function Fulfil({ condition, onClose }: AnswerProps) {
  return (
    <ActDialog
      title="Show that it is met"
      about={condition.text ?? 'Words erased'}
      act={(said) => ({ kind: 'fulfil-condition', body: { condition: condition.id }, words: { text: said('text'), link: said('link') || null } })}
      onClose={onClose}
    >
      <label>
        How it is met
        <textarea className="field" name="text" rows={4} required minLength={3} maxLength={20_000} />
      </label>
      <label>
        Where it can be seen
        <input className="field mono" name="link" type="url" pattern="https?://.*" placeholder="https://" />
      </label>
    </ActDialog>
  );
}

function Judge({ condition, onClose }: AnswerProps) {
  return (
    <ActDialog
      title="Judge what was shown"
      about={`${condition.text ?? 'Words erased'} ${condition.claim?.by.name ?? ''} showed: ${condition.claim?.text ?? 'words erased'} ${condition.claim?.link ?? ''}`}
      act={(said) => ({
        kind: 'confirm-condition',
        body: { condition: condition.id, confirm: said('confirm') === 'yes' },
        words: { reason: said('text') },
      })}
      buttons={
        <>
          <button type="submit" className="button" name="confirm" value="yes">
            Confirm that it is met
          </button>
          <button type="submit" className="button" name="confirm" value="no">
            It is not met
          </button>
        </>
      }
      onClose={onClose}
    >
      <label>
        Why
        <textarea className="field" name="text" rows={4} required minLength={3} maxLength={20_000} />
      </label>
    </ActDialog>
  );
}
