import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { inWords, send } from '../../parts/api.ts';
import dialog from '../../parts/dialog-form.module.css';
import { textOf } from '../../parts/form-text.ts';

/** One thing that can be done to a case by saying something. */
type Doing = {
  readonly id: string;
  readonly button: string;
  readonly title: string;
  readonly aside: string;
  readonly may: boolean;
  readonly label: string;
  readonly body?: object;
  readonly words: (text: string, link: string | null) => object;
  /** Ids and titles of what evidence may be for. */
  readonly for?: readonly (readonly [id: string, title: string])[];
};

/** What can be done to a case besides voting: each button says what it does, and stands there for who may. */
export function CaseActions({ one }: { readonly one: CouncilCaseDetail }) {
  const [shown, show] = useState<string | null>(null);
  const doings = doingsOn(one).filter((each) => each.may);
  const open = doings.find((each) => each.id === shown);
  return (
    <>
      {doings.map((each) => (
        <button key={each.id} type="button" className="button" onClick={() => show(each.id)}>
          {each.button}
        </button>
      ))}
      {open !== undefined && <Saying one={one} doing={open} onClose={() => show(null)} />}
    </>
  );
}

function doingsOn({ may, wanted }: CouncilCaseDetail): readonly Doing[] {
  const reason = (text: string): object => ({ reason: text });
  return [
    {
      ...{ id: 'ask-facts', button: 'Ask for facts…', title: 'Ask for facts', aside: 'The clock of the case stands until the answer.' },
      ...{ may: may.askFacts, label: 'What must be known', words: (text: string) => ({ question: text }) },
    },
    {
      ...{ id: 'answer-facts', button: 'Answer…', title: 'Answer the council', aside: 'It answers every question that is open.' },
      ...{ may: may.answer, label: 'Answer', words: (text: string) => ({ text }) },
    },
    {
      ...{ id: 'attach-evidence', button: 'Add evidence…', title: 'Add evidence', aside: 'It is kept with the case.' },
      ...{ may: may.addEvidence, label: 'What it shows', words: (text: string, link: string | null) => ({ text, link }) },
      for: wanted.map((each) => [each.id, each.title] as const),
    },
    {
      ...{
        id: 'declare-interest',
        button: 'I have an interest…',
        title: 'You have an interest',
        aside: 'You then have no vote on it. This is not taken back.',
      },
      ...{ may: may.declareInterest, label: 'Which', words: reason },
    },
    {
      ...{
        id: 'reopen-roll',
        button: 'Take the roll anew…',
        title: 'Take the roll anew',
        aside: 'Who was seated since then has a part in it. Votes stand.',
      },
      ...{ may: may.route, label: 'Why', words: reason },
    },
    {
      ...{
        id: 'route-case',
        button: 'Full way…',
        title: 'Send it the full way',
        aside: 'Every named function must be there; it is never sent to fewer.',
      },
      ...{ may: may.route, label: 'Why', words: reason, body: { functions: [] } },
    },
    {
      ...{ id: 'withdraw-case', button: 'Withdraw…', title: 'Take the question back', aside: 'It ends without a decision, which allows nothing.' },
      ...{ may: may.withdraw, label: 'Why', words: reason },
    },
    {
      ...{ id: 'reopen-case', button: 'Open again…', title: 'Open it again', aside: 'Its decision and conditions end, and the council votes anew.' },
      ...{ may: may.reopen, label: 'Why', words: reason, body: { because: 'asked-again' } },
    },
    {
      ...{ id: 'advise-case', button: 'Privileged note…', title: 'Write for counsel alone', aside: 'No export, report, search or message holds it.' },
      ...{ may: may.advise, label: 'Advice', words: (text: string) => ({ text }) },
    },
  ];
}

function Saying({ one, doing, onClose }: { readonly one: CouncilCaseDetail; readonly doing: Doing; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const about = doing.for === undefined ? {} : { for: textOf(said, 'for') || null };
    send('POST', `/v1/acts/${doing.id}`, {
      body: { case: one.id, ...doing.body, ...about },
      words: doing.words(textOf(said, 'text'), textOf(said, 'link') || null),
    })
      .then(async () => {
        await client.invalidateQueries();
        onClose();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Dialog label={doing.title} onClose={onClose}>
      <form className={dialog['form']} onSubmit={submit}>
        <h2>{doing.title}</h2>
        <p className="quiet">{doing.aside}</p>
        {doing.for !== undefined && (
          <div className={dialog['row']}>
            <label>
              For
              <select className="field" name="for">
                {doing.for.map(([id, title]) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
                <option value="">something else</option>
              </select>
            </label>
            <label>
              Where it can be seen
              <input className="field mono" name="link" type="url" pattern="https?://.*" placeholder="https://" />
            </label>
          </div>
        )}
        <label>
          {doing.label}
          <textarea className="field" name="text" rows={4} required minLength={3} maxLength={10_000} />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button">
            {doing.title}
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
