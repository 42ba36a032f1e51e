import type { CouncilCondition } from '#server/schemas/council.ts';
import { ConditionActions } from './condition-actions.tsx';
import styles from './condition-lines.module.css';
import { conditionWords, lateWords } from './council-words.ts';
import { Link } from './link.tsx';
import { day } from './words.ts';

type ConditionLinesProps = { readonly conditions: readonly CouncilCondition[]; /** Leads to the case of each. */ readonly withCase?: boolean };

/** Conditions of the council with who bears them, by when, what showed that they are met, and what the asker may do. */
export function ConditionLines({ conditions, withCase = false }: ConditionLinesProps) {
  return (
    <ul className={styles['lines']}>
      {conditions.map((each) => {
        const [word, tone] = conditionWords[each.state];
        return (
          <li key={each.id} className="stack">
            <span className={styles['between']}>
              <span>
                {withCase && (
                  <>
                    <Link className="link" href={`/council/${each.case.id}`}>
                      {each.case.name}
                    </Link>{' '}
                  </>
                )}
                {each.text ?? 'Words erased'}
              </span>
              <span className="badge" {...(tone === undefined ? {} : { 'data-tone': tone })}>
                {word}
              </span>
            </span>
            <span className="faint micro">
              {each.owner.name}, by {day(each.due)}
              {each.second && ', confirmed by a second person'}
              {each.late !== 'told' && `; if late, ${lateWords[each.late]}`}
              {each.claim !== null && (
                <>
                  {` · shown by ${each.claim.by.name}: ${each.claim.text ?? 'words erased'} `}
                  {each.claim.link !== null && (
                    <a className="link" href={each.claim.link} rel="noreferrer noopener" target="_blank">
                      {each.claim.link}
                    </a>
                  )}
                </>
              )}
            </span>
            <ConditionActions condition={each} />
          </li>
        );
      })}
    </ul>
  );
}
