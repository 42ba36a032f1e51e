import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeskDecision } from '#server/schemas/desk-decision.ts';
import { act } from '../../parts/acts.ts';
import { ask, inWords } from '../../parts/api.ts';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { announce } from '../../parts/undo.ts';
import { justificationWords, verdictWords } from '../../parts/verdict-words.ts';
import { counted, day, moment } from '../../parts/words.ts';
import styles from './approvals.module.css';

/** Every decision that waits for a second person, those that wait for the asker with a yes and a no. Nobody says yes to their own. */
export function Approvals() {
  const query = useQuery(ask('/v1/finding-decisions', {}, { standing: 'waiting', sort: 'at', limit: '200' }));
  return (
    <section className={styles['page']} aria-label="Decisions that wait for a second person">
      <Answered query={query} what="the decisions">
        {({ items }) => {
          const mine = items.filter((each) => each.may.approve);
          const others = items.filter((each) => !each.may.approve);
          return (
            <>
              <h2>Waiting for you</h2>
              {mine.length === 0 && (
                <Empty title="Nothing waits for you.">Decisions come here when policy asks for a second person who is not you.</Empty>
              )}
              <ul>
                {mine.map((decision) => (
                  <Waiting key={decision.id} decision={decision} />
                ))}
              </ul>
              {others.length > 0 && <h2>Waiting for somebody else</h2>}
              <ul>
                {others.map((decision) => (
                  <Waiting key={decision.id} decision={decision} />
                ))}
              </ul>
            </>
          );
        }}
      </Answered>
    </section>
  );
}

function Waiting({ decision }: { readonly decision: DeskDecision }) {
  return (
    <li className={styles['card']}>
      <h3>
        {verdictWords[decision.verdict]}: {decision.findings === null ? 'findings' : counted(decision.findings, 'finding')}
        {decision.severities.length > 0 && <span className="faint"> · {decision.severities.join(', ')}</span>}
      </h3>
      <p className="quiet">
        {decision.by.name}, {moment(decision.at)} · {decision.teams.map((team) => team ?? 'no owner').join(', ')}
      </p>
      <p>{decision.reason ?? <span className="faint">The reason was erased.</span>}</p>
      <dl className={styles['facts']}>
        <Fact name="About">
          <Link className="link" href={rowsOf(decision)}>
            {[
              ...decision.advisories.slice(0, 3),
              decision.about.package ?? '',
              decision.about.component ?? decision.about.components.slice(0, 3).join(', '),
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </Link>
        </Fact>
        {decision.owner !== null && <Fact name="Bears the risk">{decision.owner.name}</Fact>}
        {decision.until !== null && <Fact name="Until">{day(decision.until)}</Fact>}
        {decision.control !== null && <Fact name="Control">{decision.control}</Fact>}
        {decision.justification !== null && <Fact name="Because">{justificationWords[decision.justification]}</Fact>}
      </dl>
      {decision.may.approve ? <Answer decision={decision} /> : <p className="faint">{decision.may.approveNot}</p>}
    </li>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Answer({ decision }: { readonly decision: DeskDecision }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const answer = (approve: boolean) => {
    setFailure(null);
    act('approve-decision', { body: { decision: decision.id, approve }, words: { reason: reason.trim() } }, { expects: decision.version })
      .then(async () => {
        announce(approve ? 'Approved: it counts from now.' : 'Refused: it does not count.');
        await client.invalidateQueries();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  const isShort = reason.trim().length < 3;
  return (
    <div className={styles['answer']}>
      <label>
        <span className="quiet">Reason, shown to auditors</span>
        <textarea className="field" value={reason} maxLength={10_000} onChange={(event) => setReason(event.target.value)} />
      </label>
      {failure !== null && <p role="alert">{failure}</p>}
      <span className="line">
        <button type="button" className="button" disabled={isShort} onClick={() => answer(true)}>
          Approve
        </button>
        <button type="button" className="button" disabled={isShort} onClick={() => answer(false)}>
          Refuse
        </button>
      </span>
    </div>
  );
}

/** The open findings that a decision is about, as far as a list can be asked for them. */
function rowsOf({ about, advisories }: DeskDecision): string {
  return listHref('/findings', {
    component: about.component ?? (about.components.length === 1 ? about.components[0] : undefined),
    team: about.team ?? undefined,
    package: about.package ?? undefined,
    advisory: about.advisory ?? (advisories.length === 1 ? advisories[0] : undefined),
  });
}
