import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { CouncilCase, CouncilCaseDetail } from '#server/schemas/council.ts';
import { addressOf, ask } from '../../parts/api.ts';
import { caseStateWords, outcomeWords } from '../../parts/council-words.ts';
import { EntityHead } from '../../parts/entity-head.tsx';
import { KeyHints } from '../../parts/key-hints.tsx';
import { useKeys } from '../../parts/keys.ts';
import { Link } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { usePathParam } from '../../parts/search-params.ts';
import { counted, day } from '../../parts/words.ts';
import { CaseActions } from './case-actions.tsx';
import styles from './council-case.module.css';
import { Facts } from './facts.tsx';
import { Licence } from './licence.tsx';
import { Past } from './past.tsx';
import { Terms } from './terms.tsx';
import { VoteForm } from './vote-form.tsx';
import { Votes } from './votes.tsx';

// Members vote while somebody looks on.
const againMs = 10_000;

/** One case: the queue at the left, what it is about and what was decided before in the middle, votes and terms at the right. */
export function Page() {
  const id = usePathParam('id');
  const router = useRouter();
  const query = useQuery({ ...ask('/v1/council/cases/:id', { id }), refetchInterval: againMs });
  const queue = useQuery(ask('/v1/council/cases', {}, { state: 'unsettled', limit: '50' }));
  const cases = queue.data?.items ?? [];
  const at = cases.findIndex((each) => each.id === query.data?.id);
  const go = (step: number) => {
    const next = cases[at === -1 ? 0 : at + step];
    if (next !== undefined) router.history.push(`/council/${next.id}`);
  };
  useKeys({ j: () => go(1), k: () => go(-1), Escape: () => router.history.push('/council') });
  return (
    <div className={styles['page']}>
      <Queue cases={cases} open={query.data?.id} />
      <div className={styles['case']}>
        <Answered query={query} what="the case">
          {(one) => <Blocks key={one.id} one={one} />}
        </Answered>
        <footer className={styles['foot']}>
          <KeyHints hints={hints} />
        </footer>
      </div>
    </div>
  );
}

const hints = [
  [['J', 'K'], 'next, previous'],
  [['1', '4'], 'what you say'],
  [['C'], 'a condition'],
  [['Ctrl', '⏎'], 'vote'],
  [['Esc'], 'back to the queue'],
] as const;

function Queue({ cases, open }: { readonly cases: readonly CouncilCase[]; readonly open: string | undefined }) {
  return (
    <nav className={styles['queue']} aria-label="Cases to settle">
      <p className={styles['count']}>
        <Link className="link" href="/council">
          Queue
        </Link>
        <span className="faint">{counted(cases.length, 'case')} to settle</span>
      </p>
      <ul>
        {cases.map((each) => (
          <li key={each.id}>
            <Link href={`/council/${each.id}`} aria-current={each.id === open ? 'page' : undefined}>
              <span className={styles['between']}>
                <span className="faint">
                  {each.name} · {each.kindTitle}
                </span>
                <span className={each.isOverdue ? 'name' : 'faint'}>
                  {each.isOverdue ? 'overdue' : each.state === 'expired' ? 'ended' : day(each.due)}
                </span>
              </span>
              <span className="name">{each.title ?? 'Words erased'}</span>
              <span className={styles['between']}>
                <code className="clip">{each.facts.licence ?? 'no licence'}</code>
                <span className="faint">
                  {each.team ?? 'the office'} · {each.served} of {each.needed}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Blocks({ one }: { readonly one: CouncilCaseDetail }) {
  const [isSettling, setSettling] = useState(false);
  return (
    <>
      <EntityHead
        icon={IconScale}
        name={one.title ?? 'Words erased'}
        badges={<Badges one={one} />}
        about={
          <>
            {one.name} · {one.kindTitle} · asked {day(one.asked)} by {one.requesters.map((each) => each.name).join(', ')}
            {one.facts.licence !== null && (
              <>
                {' · '}
                <code>{one.facts.licence}</code>
              </>
            )}
          </>
        }
      />
      <div className={styles['actions']}>
        <CaseActions one={one} />
        <ReportLinks title="Export case" addressAs={(format) => addressOf('/v1/council/cases/:id/report', { id: one.id }, { format })} />
      </div>
      <div className={styles['blocks']}>
        <div className={styles['column']}>
          {one.details !== null && one.details !== '' && <p className={styles['details']}>{one.details}</p>}
          <Licence one={one} />
          <Past one={one} />
        </div>
        <div className={styles['column']}>
          <Facts one={one} />
          <Votes one={one} />
          {one.state === 'open' || one.state === 'waiting' ? <VoteForm one={one} isOpen={isSettling} onOpen={setSettling} /> : null}
          <Terms one={one} />
        </div>
      </div>
    </>
  );
}

function Badges({ one }: { readonly one: CouncilCaseDetail }) {
  const isOpen = one.state === 'open' || one.state === 'waiting';
  const [word, tone] = one.state === 'decided' && one.outcome !== null ? outcomeWords[one.outcome] : caseStateWords[one.state];
  return (
    <>
      <span className="badge" {...(tone === undefined ? {} : { 'data-tone': tone })}>
        {word}
      </span>
      {isOpen && (
        <span className="badge" title="Functions that must have voted, each by a person of its own">
          Quorum {one.served} of {one.needed}
        </span>
      )}
      {one.state === 'open' && (
        <span className="badge" {...(one.isOverdue ? { 'data-tone': 'critical' } : {})}>
          {one.isOverdue ? 'Overdue since' : 'Due'} {day(one.due)}
        </span>
      )}
      {one.until !== null && <span className="badge">until {day(one.until)}</span>}
      {one.round > 1 && <span className="badge">round {one.round}</span>}
    </>
  );
}
