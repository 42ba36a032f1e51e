import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import { lateWords } from '../../parts/council-words.ts';
import { newActId } from '../../parts/act-id.ts';
import { ApiError, inWords, send } from '../../parts/api.ts';
import { useKeys } from '../../parts/keys.ts';
import { Panel } from '../../parts/panel.tsx';
import styles from './council-case.module.css';

const choices = [
  ['yes', 'Allow'],
  ['conditions', 'Allow with conditions'],
  ['no', 'Deny'],
  ['abstain', 'Abstain'],
] as const;
type Choice = (typeof choices)[number][0];

type Draft = {
  readonly id: string;
  readonly text: string;
  readonly owner: string;
  readonly due: string;
  readonly second: boolean;
  readonly late: Late;
};
type Late = CouncilCaseDetail['conditions'][number]['late'];

type VoteFormProps = { readonly one: CouncilCaseDetail; readonly isOpen: boolean; readonly onOpen: (open: boolean) => void };

/** What the asker says of the case; why not, where they have no vote. The case is decided by the vote with which there are enough. */
export function VoteForm({ one, onOpen }: VoteFormProps) {
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [choice, setChoice] = useState<Choice | null>(null);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [conditions, setConditions] = useState<readonly Draft[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const owners = ownersOf(one);
  const choose = (next: Choice) => {
    if (!one.may.vote) return;
    onOpen(true);
    setChoice(next);
    if (next === 'conditions' && conditions.length === 0) setConditions([emptyDraft(owners)]);
  };
  const add = () => {
    if (!one.may.vote) return;
    setChoice('conditions');
    setConditions([...conditions, emptyDraft(owners)]);
  };
  const change = (id: string, part: Partial<Draft>) => setConditions(conditions.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (choice === null) return;
    const asked = choice === 'conditions' ? conditions : [];
    const isYes = choice === 'yes' || choice === 'conditions';
    setSending(true);
    setFailure(null);
    send('POST', '/v1/acts/vote', {
      body: {
        ...{ case: one.id, says: isYes ? 'yes' : choice },
        conditions: asked.map(({ id, owner, due, second, late }) => ({ id, owner: ownerOf(owner), due: `${due}T00:00:00Z`, second, late })),
        until: choice !== 'abstain' && until !== '' ? `${until}T00:00:00Z` : null,
      },
      words: { reason, conditions: Object.fromEntries(asked.map(({ id, text }) => [id, text])) },
      expects: one.version,
    })
      .then(() => client.invalidateQueries())
      .catch(async (error: unknown) => {
        setFailure(inWords(error));
        // What was said stays in the form; what somebody else did meanwhile is shown beside it.
        if (error instanceof ApiError && error.status === 412) await client.invalidateQueries();
      })
      .finally(() => setSending(false));
  };
  useKeys({
    ...Object.fromEntries(choices.map(([value], index) => [String(index + 1), () => choose(value)])),
    c: add,
    'mod+Enter': () => form.current?.requestSubmit(),
  });
  if (!one.may.vote) {
    return (
      <Panel title="Your vote">
        <p className="quiet">{one.may.voteNot}</p>
      </Panel>
    );
  }
  const isYes = choice === 'yes' || choice === 'conditions';
  return (
    <Panel title="Your vote" about="It may be changed until the case is decided; every one is kept.">
      <form ref={form} className={styles['form']} onSubmit={submit}>
        <div role="radiogroup" aria-label="What you say" className={styles['choices']}>
          {choices.map(([value, title], index) => (
            <label key={value} data-chosen={choice === value || undefined}>
              <input type="radio" name="choice" value={value} checked={choice === value} onChange={() => choose(value)} />
              {title} <kbd>{index + 1}</kbd>
            </label>
          ))}
        </div>
        {choice === 'conditions' && (
          <fieldset className={styles['conditions']}>
            <legend>Conditions</legend>
            {conditions.map((each, index) => (
              <div key={each.id} className={styles['condition']}>
                <label>
                  What must be done
                  <input
                    className="field"
                    required
                    minLength={3}
                    maxLength={2000}
                    value={each.text}
                    autoFocus={index === conditions.length - 1}
                    onChange={(event) => change(each.id, { text: event.target.value })}
                  />
                </label>
                <div className={styles['row']}>
                  <label>
                    By whom
                    <select className="field" value={each.owner} onChange={(event) => change(each.id, { owner: event.target.value })}>
                      {owners.map(([value, name]) => (
                        <option key={value} value={value}>
                          {name}
                        </option>
                      ))}
                    </select>
                  </label>
                  <label>
                    By when
                    <input
                      className="field"
                      type="date"
                      required
                      value={each.due}
                      onChange={(event) => change(each.id, { due: event.target.value })}
                    />
                  </label>
                </div>
                <label>
                  If it is late
                  <select className="field" value={each.late} onChange={(event) => change(each.id, { late: lateOf(event.target.value) })}>
                    {Object.entries(lateWords).map(([value, words]) => (
                      <option key={value} value={value}>
                        {words}
                      </option>
                    ))}
                  </select>
                </label>
                <div className={styles['between']}>
                  <label className="line">
                    <input type="checkbox" checked={each.second} onChange={(event) => change(each.id, { second: event.target.checked })} />
                    confirmed by a second person
                  </label>
                  <button
                    type="button"
                    className="button"
                    data-size="small"
                    onClick={() => setConditions(conditions.filter((other) => other.id !== each.id))}
                  >
                    Remove
                  </button>
                </div>
              </div>
            ))}
            <button type="button" className="button" data-size="small" onClick={add}>
              Add a condition <kbd>C</kbd>
            </button>
          </fieldset>
        )}
        <label>
          Reason <span className="faint">kept for ever</span>
          <textarea
            className="field"
            name="reason"
            rows={3}
            required
            minLength={3}
            maxLength={10_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {(isYes || choice === 'no') && (
          <label>
            Ends{' '}
            <span className="faint">
              {isYes ? `${String(one.holdsDays)} days after the decision at the latest` : 'or it is denied until somebody asks again'}
            </span>
            <input className="field" type="date" name="until" value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
        )}
        {failure !== null && <p role="alert">{failure}</p>}
        <button type="submit" className="button" data-primary disabled={choice === null || isSending}>
          Vote <kbd>Ctrl ⏎</kbd>
        </button>
        <p className="faint micro">
          {one.tally.missing.length > 1
            ? `The case stays open: ${one.tally.missing.join(', ')} are missing.`
            : 'If the votes are then enough, this closes the case.'}
        </p>
      </form>
    </Panel>
  );
}

function ownersOf(one: CouncilCaseDetail): readonly (readonly [value: string, name: string])[] {
  const persons = one.requesters.filter((each) => each.id.startsWith('person:')).map((each) => [each.id, each.name] as const);
  return one.team === null ? persons : [[`team:${one.team}`, `Team ${one.team}`], ...persons];
}

function lateOf(value: string): Late {
  return value === 'asked-again' || value === 'ends' ? value : 'told';
}

function ownerOf(owner: string) {
  return owner.startsWith('team:') ? { kind: 'team', team: owner.slice('team:'.length) } : { kind: 'person', id: owner };
}

function emptyDraft(owners: readonly (readonly [string, string])[]): Draft {
  return { id: newActId(), text: '', owner: owners[0]?.[0] ?? '', due: '', second: false, late: 'told' };
}
