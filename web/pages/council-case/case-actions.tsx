import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import { ActDialog, type Said } from '../../parts/act-dialog.tsx';
import { newActId } from '../../parts/act-id.ts';
import { ask } from '../../parts/api.ts';
import dialog from '../../parts/dialog-form.module.css';
import { fieldsOf } from '../../parts/form-fields.ts';
import { AnswerFacts } from './answer-facts.tsx';
import styles from './council-case.module.css';

/** One thing that can be done to a case by saying something. */
type Doing = {
  readonly id: string;
  readonly button: string;
  readonly title: string;
  readonly aside: string;
  readonly may: boolean;
  readonly label: string;
  /** The body of the act; absent: the case alone. */
  readonly body?: (said: Said) => object;
  /** The words of the act; absent: what was written is the reason. */
  readonly words?: (said: Said) => object;
  /** What is asked beside the text. */
  readonly fields?: ReactNode;
};

/** What can be done to a case besides voting: each button says what it does, and stands there for who may. */
export function CaseActions({ one }: { readonly one: CouncilCaseDetail }) {
  const [shown, show] = useState<string | null>(null);
  const close = (): void => show(null);
  const doings = doingsOn(one).filter((each) => each.may);
  const open = doings.find((each) => each.id === shown);
  return (
    <>
      {one.may.answer && (
        <button type="button" className="button" {...(one.state === 'waiting' ? { 'data-primary': true } : {})} onClick={() => show('answer-facts')}>
          Answer…
        </button>
      )}
      {doings.map((each) => (
        <button key={each.id} type="button" className="button" onClick={() => show(each.id)}>
          {each.button}
        </button>
      ))}
      {shown === 'answer-facts' && <AnswerFacts one={one} onClose={close} />}
      {open !== undefined && (
        <ActDialog
          title={open.title}
          about={open.aside}
          act={(said) => ({
            kind: open.id,
            body: open.body?.(said) ?? { case: one.id },
            words: open.words?.(said) ?? { reason: said('text') },
          })}
          onClose={close}
        >
          {open.fields}
          <label>
            {open.label}
            <textarea className="field" name="text" rows={4} required minLength={3} maxLength={10_000} />
          </label>
        </ActDialog>
      )}
    </>
  );
}

function doingsOn(one: CouncilCaseDetail): readonly Doing[] {
  const { may, id, facts } = one;
  const text = (said: Said): object => ({ text: said('text') });
  return [
    {
      ...{ id: 'ask-facts', button: 'Ask for facts…', title: 'Ask for facts', label: 'What must be known', may: may.askFacts },
      aside: 'Who asked and the team are told, and answer in the form. The clock of the case stands until then.',
      body: (said) => ({ case: id, fields: Object.keys(one.form).filter((field) => said(`asks.${field}`) === 'yes') }),
      words: (said) => ({ question: said('text') }),
      fields: <AskedFields one={one} />,
    },
    {
      ...{ id: 'attach-evidence', button: 'Add evidence…', title: 'Add evidence', aside: 'It is kept with the case.', label: 'What it shows' },
      may: may.addEvidence,
      body: (said) => ({ case: id, for: said('for') || null }),
      words: (said) => ({ text: said('text'), link: said('link') || null }),
      fields: <EvidenceFields wanted={one.wanted} />,
    },
    {
      ...{ id: 'declare-interest', button: 'I have an interest…', title: 'You have an interest', label: 'Which', may: may.declareInterest },
      aside: 'You then have no vote on it. This is not taken back.',
    },
    {
      ...{ id: 'reopen-roll', button: 'Take the roll anew…', title: 'Take the roll anew', label: 'Why', may: may.route },
      aside: 'Who was seated since then has a part in it. Votes stand.',
    },
    {
      ...{ id: 'route-case', button: 'Full way…', title: 'Send it the full way', label: 'Why', may: may.route },
      aside: 'Every named function must be there; it is never sent to fewer.',
      body: () => ({ case: id, functions: [] }),
    },
    {
      ...{ id: 'withdraw-case', button: 'Withdraw…', title: 'Take the question back', label: 'Why', may: may.withdraw },
      aside: 'It ends without a decision, which allows nothing.',
    },
    {
      ...{ id: 'reopen-case', button: 'Open again…', title: 'Open it again', label: 'Why', may: may.reopen },
      aside: 'Its decision and conditions end, and the council votes anew.',
      body: () => ({ case: id, because: 'asked-again' }),
    },
    {
      ...{ id: 'conclude-licence', button: 'Conclude the licence…', title: 'Conclude the licence', label: 'What you looked at' },
      may: may.choose && facts.licence !== null && one.licence?.problem === null,
      aside: `From now on ${facts.package ?? ''} is under ${facts.licence ?? ''} for every verdict, whatever others say of it.`,
      body: (said) => ({ id: newActId(), package: facts.package, range: said('range') || null, licence: facts.licence }),
      fields: <RangeField />,
    },
    {
      ...{ id: 'advise-case', button: 'Privileged note…', title: 'Write for counsel alone', label: 'Advice', may: may.advise },
      aside: 'No export, report, search or message holds it.',
      words: text,
    },
  ];
}

/** Which fields of the form are asked for: those that are not known are marked at first. */
function AskedFields({ one }: { readonly one: CouncilCaseDetail }) {
  const kinds = useQuery(ask('/v1/council/kinds'));
  const kind = kinds.data?.kinds.find((each) => each.id === one.kind);
  return (
    <fieldset className={styles['asked']}>
      <legend>Fields of the form that are asked for</legend>
      {(kind === undefined ? [] : fieldsOf(kind.form))
        .filter(({ name }) => name !== 'component' && name in one.form)
        .map(({ name, title }) => (
          <label key={name} data-beside>
            <input type="checkbox" name={`asks.${name}`} value="yes" defaultChecked={one.form[name] === null} />
            {title}
          </label>
        ))}
    </fieldset>
  );
}

function EvidenceFields({ wanted }: Pick<CouncilCaseDetail, 'wanted'>) {
  return (
    <div className={dialog['row']}>
      <label>
        For
        <select className="field" name="for">
          {wanted.map(({ id, title }) => (
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
  );
}

function RangeField() {
  return (
    <label>
      Versions
      <input className="field mono" name="range" placeholder="all, or such as <2" />
    </label>
  );
}
