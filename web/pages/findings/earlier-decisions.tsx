import { IconGavel } from '@tabler/icons-react';
import type { DeskDecision, FindingDesk } from '#server/schemas/desk-decision.ts';
import type { FindingDetail } from '#server/schemas/finding.ts';
import { justificationWords, standingWords, verdictWords } from '../../parts/verdict-words.ts';
import { day } from '../../parts/words.ts';
import styles from './detail.module.css';

type Props = {
  readonly finding: FindingDetail;
  readonly desk: FindingDesk | undefined;
  /** Fills the form in from one; null where nothing can be decided. */
  readonly onSuggest: ((decision: DeskDecision) => void) | null;
};

/** Every decision that means the finding: the one that counts first, then the others with why they do not. */
export function EarlierDecisions({ finding, desk, onSuggest }: Props) {
  const decisions = desk?.decisions ?? [];
  const standingOf = new Map(finding.decisions.map((each) => [each.id, each.standing]));
  const ranked = [...decisions].sort((a, b) => Number(standingOf.get(b.id) === 'counts') - Number(standingOf.get(a.id) === 'counts'));
  return (
    <section>
      <h3>Earlier decisions</h3>
      {ranked.length === 0 && <p className="quiet">None.</p>}
      <ul className={styles['chain']}>
        {ranked.map((decision) => {
          const standing = standingOf.get(decision.id) ?? decision.standing;
          return (
            <li key={decision.id} data-standing={standing}>
              <IconGavel size={15} stroke={1.75} aria-hidden="true" />
              <div>
                <b className="name">{verdictWords[decision.verdict]}</b>{' '}
                <span className="quiet">
                  {decision.by.name} · {day(decision.at)}
                  {decision.until !== null && ` until ${day(decision.until)}`}
                  {decision.approval !== null && ` · second person ${decision.approval.by.name}`}
                </span>
                <div>
                  {decision.justification !== null && <>{justificationWords[decision.justification]}. </>}
                  {decision.reason ?? <span className="faint">The reason was erased.</span>}
                  {decision.control !== null && <span className="quiet"> Control: {decision.control}</span>}
                </div>
              </div>
              <span className="badge" data-tone={standing === 'counts' ? 'ok' : undefined}>
                {standingWords[standing]}
              </span>
              {onSuggest !== null && (
                <button type="button" className="button" data-size="small" onClick={() => onSuggest(decision)}>
                  Use
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
