import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import { outcomeWords } from '../../parts/council-words.ts';
import { titleOf } from '../../parts/form-fields.ts';
import { Link, listHref } from '../../parts/link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { day, moment } from '../../parts/words.ts';
import styles from './council-case.module.css';

const eventWords: Readonly<Record<string, string>> = {
  'request-review': 'asked',
  vote: 'voted',
  'declare-interest': 'declared an interest',
  'reopen-roll': 'took the roll anew',
  'route-case': 'sent it the full way',
  'ask-facts': 'asked for facts',
  'answer-facts': 'answered',
  'attach-evidence': 'added evidence',
  'withdraw-case': 'withdrew it',
  'reopen-case': 'opened it again',
  'fulfil-condition': 'showed a condition met',
  'confirm-condition': 'judged what was shown',
  'choose-licence': 'chose the licences relied on',
};

/** Decisions about the like, what was asked, shown and done. */
export function Past({ one }: { readonly one: CouncilCaseDetail }) {
  return (
    <>
      <Panel title="Precedents" about="Decided cases of the same kind by what they share. Not binding.">
        <ul className={styles['lines']}>
          {one.precedents.map((each) => {
            const [word, tone] = outcomeWords[each.outcome];
            return (
              <li key={each.id} className="stack">
                <span className={styles['between']}>
                  <span>
                    <span className="faint">{each.name}</span>{' '}
                    <Link className="link" href={`/council/${each.id}`}>
                      {each.title ?? 'Words erased'}
                    </Link>
                  </span>
                  <span className="line">
                    <span className="badge" data-tone={tone}>
                      {word}
                    </span>
                    <span className="faint">{day(each.at)}</span>
                    <span title="Weights of what both share over the weights of what is known of this case">{each.score.toFixed(2)}</span>
                  </span>
                </span>
                <span className="faint micro">
                  {each.matched.map(({ fact, value, weight }) => `${fact} ${value} (${String(weight)})`).join(' + ')}
                </span>
              </li>
            );
          })}
          {one.precedents.length === 0 && <li className="faint">Nothing alike was decided yet.</li>}
        </ul>
      </Panel>
      {(one.questions.length > 0 || one.evidence.length > 0) && (
        <Panel title="Questions and evidence">
          <ul className={styles['lines']}>
            {one.questions.map((each) => (
              <li key={each.at} className="stack">
                <span>
                  <span className="name">{each.by.name}</span> asked: {each.text ?? 'words erased'}
                  {each.fields.length > 0 && <span className="faint"> ({each.fields.map(titleOf).join(', ')})</span>}
                </span>
                <span className="quiet">
                  {each.answer === null ? 'Not answered yet: the clock stands.' : `${each.answer.by.name}: ${each.answer.text ?? 'words erased'}`}
                </span>
              </li>
            ))}
            {one.evidence.map((each) => (
              <li key={`${each.at} ${each.by.id}`} className="stack">
                <span>
                  <span className="name">{one.wanted.find((wanted) => wanted.id === each.for)?.title ?? 'Evidence'}</span>:{' '}
                  {each.text ?? 'words erased'}
                </span>
                <span className="faint micro">
                  {each.by.name}, {moment(each.at)} UTC
                  {each.link !== null && (
                    <>
                      {' · '}
                      <a className="link" href={each.link} rel="noreferrer noopener" target="_blank">
                        {each.link}
                      </a>
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel
        title="Timeline"
        footer={
          <Link className="link" href={listHref('/decisions', { subject: `case:${one.id}` })}>
            In the ledger
          </Link>
        }
      >
        <ol className={styles['lines']}>
          {one.events.map((each) => (
            <li key={each.seq} className={styles['between']}>
              <span>
                <span className="name">{each.by.name}</span> {eventWords[each.kind] ?? each.kind}
              </span>
              <span className="faint">{moment(each.at)} UTC</span>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  );
}
