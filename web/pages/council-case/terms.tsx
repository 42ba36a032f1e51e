import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import { ConditionLines } from '../../parts/condition-lines.tsx';
import { outcomeWords } from '../../parts/council-words.ts';
import { Panel } from '../../parts/panel.tsx';
import { day, moment } from '../../parts/words.ts';
import styles from './council-case.module.css';

const triggerWords: Readonly<Record<CouncilCaseDetail['decisions'][number]['triggers'][number], string>> = {
  expired: 'its end comes',
  'licence-changed': 'the licence changes',
  'major-version': 'the major version changes',
  'context-changed': 'it is delivered otherwise',
  'condition-late': 'a condition is late that says so',
  'asked-again': 'somebody asks again',
};

/** What was decided in each round, its conditions, and what asks again; for counsel also what counsel wrote. */
export function Terms({ one }: { readonly one: CouncilCaseDetail }) {
  return (
    <>
      {one.decisions.length > 0 && (
        <Panel title="Decision">
          <ul className={styles['lines']}>
            {one.decisions.toReversed().map((each) => {
              const [word, tone] = outcomeWords[each.outcome];
              return (
                <li key={each.round} className="stack">
                  <span className="line">
                    <span className="badge" data-tone={tone}>
                      {word}
                    </span>
                    {moment(each.at)} UTC{each.until !== null && `, until ${day(each.until)}`}
                  </span>
                  <span className="faint micro">
                    {each.ended === null
                      ? `Asked again when ${each.triggers.map((trigger) => triggerWords[trigger]).join(', ')}.`
                      : `Ended ${moment(each.ended.at)} UTC: ${triggerWords[each.ended.because]}.`}
                  </span>
                </li>
              );
            })}
          </ul>
        </Panel>
      )}
      {one.conditions.length > 0 && (
        <Panel title="Conditions">
          <ConditionLines conditions={one.conditions} />
        </Panel>
      )}
      {one.advice !== null && one.advice.length > 0 && (
        <Panel title="Privileged" about="For counsel alone. It stands in no export, report or message.">
          <ul className={styles['lines']}>
            {one.advice.map((each) => (
              <li key={each.at} className="stack">
                <span className={styles['details']}>{each.text ?? 'Words erased'}</span>
                <span className="faint micro">
                  {each.by.name}, {moment(each.at)} UTC
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
