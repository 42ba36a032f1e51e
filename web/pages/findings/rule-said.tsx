import { useQuery } from '@tanstack/react-query';
import { IconTicket } from '@tabler/icons-react';
import { conditionRule } from '#model/rule-id.ts';
import type { FindingDetail } from '#server/schemas/finding.ts';
import { ask } from '../../parts/api.ts';
import { Link } from '../../parts/link.tsx';
import type { DetailActions } from './detail-actions.ts';
import styles from './detail.module.css';

/** What a rule found that is no vulnerability: why, what to do, and since when. */
export function RuleSaid({ finding, actions }: { readonly finding: FindingDetail; readonly actions: DetailActions | null }) {
  const rules = useQuery(ask('/v1/rules'));
  const rule = rules.data?.items.find((each) => each.id === finding.rule);
  return (
    <>
      <section>
        <h3>What was found</h3>
        <p>{finding.reason}</p>
        {caseOf(finding) !== null && (
          <p>
            <Link className="link" href={`/council/${caseOf(finding) ?? ''}`}>
              What {caseOf(finding)} asks for, and how it stands
            </Link>
          </p>
        )}
        <p className="quiet">
          {rule?.explain}{' '}
          <Link className="link" href={`/rules/${finding.rule}`}>
            Everything that this rule finds
          </Link>
        </p>
      </section>
      <section>
        <h3>What to do</h3>
        <div className={styles['row']}>
          <p>{rule?.remedy}</p>
          {actions !== null && (
            <button type="button" className="button" data-size="small" onClick={actions.onTicket} title="Copies the words of a ticket">
              <IconTicket size={15} stroke={1.75} aria-hidden="true" /> Ticket <kbd>T</kbd>
            </button>
          )}
        </div>
      </section>
    </>
  );
}

/** The case of the council that a finding is about; null for any other. */
function caseOf({ rule, subject }: FindingDetail): string | null {
  return rule === conditionRule ? (/^IP-\d+/.exec(subject)?.[0] ?? null) : null;
}
