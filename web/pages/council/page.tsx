import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CouncilCase, CouncilCondition, CouncilSeat } from '#server/schemas/council.ts';
import { addressOf, ask } from '../../parts/api.ts';
import { caseStateWords, conditionWords, outcomeWords } from '../../parts/council-words.ts';
import { ConditionActions } from '../../parts/condition-actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, day } from '../../parts/words.ts';
import { AskCouncil } from './ask-council.tsx';
import { SeatActions } from './seat-actions.tsx';

const filterWords = { state: 'state', kind: 'kind', team: 'team', forMe: 'for me', overdue: 'overdue' } as const;
const views = { conditions: 'Conditions', members: 'Members' } as const;

/** The council's queue; beside it what it set as conditions, and who sits in it. */
export function Page() {
  const [search] = useSearchParams();
  const [isAsking, setAsking] = useState(false);
  const session = useQuery(ask('/v1/session'));
  const cases = useQuery(ask('/v1/council/cases', {}, { limit: '1' }));
  const may = (permission: string): boolean => session.data?.permissions.includes(permission) === true;
  const view = search['view'];
  return (
    <ListPage
      title="IP council"
      facets={<Facets kinds={cases.data?.kinds ?? []} counts={cases.data?.counts} />}
      bar={
        <>
          <QueryBar words={filterWords} placeholder="Filter by name, package, licence or team" others={['sort', 'view', 'held']} />
          {may('council:write') && view === 'members' && <SeatActions seat={null} />}
          <button
            type="button"
            className="button"
            disabled={!may('council:ask')}
            title={may('council:ask') ? undefined : 'Developers, team leads, the office and the council ask.'}
            onClick={() => setAsking(true)}
          >
            Ask the council…
          </button>
        </>
      }
      line={
        <>
          <Line counts={cases.data?.counts} medianDays={cases.data?.medianDays ?? null} />
          {view === undefined && <Reports />}
        </>
      }
    >
      {view === 'conditions' ? <Conditions /> : view === 'members' ? <Members /> : <Queue />}
      {isAsking && <AskCouncil onClose={() => setAsking(false)} />}
    </ListPage>
  );
}

type Counts = { readonly open: number; readonly forMe: number; readonly overdue: number; readonly expired: number };

function Line({ counts, medianDays }: { readonly counts: Counts | undefined; readonly medianDays: number | null }) {
  if (counts === undefined) return null;
  const days = medianDays === null ? 'no case was decided yet' : `median time to the first decision ${medianDays.toFixed(1)} d`;
  return (
    <span>
      {count(counts.open)} open · {count(counts.forMe)} wait for your vote · {count(counts.overdue)} overdue · {count(counts.expired)} ended and to be
      asked again · {days}
    </span>
  );
}

/** What the council has before it and what it did, as documents. */
function Reports() {
  return (
    <span className="line">
      <ReportLinks title="Agenda" addressAs={(format) => addressOf('/v1/council/reports/:id', { id: 'agenda' }, { format })} />
      <ReportLinks title="Minutes of 30 days" addressAs={(format) => addressOf('/v1/council/reports/:id', { id: 'minutes' }, { format })} />
    </span>
  );
}

function Queue() {
  const [search] = useSearchParams();
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q'].map((word) => [word, search[word]]));
  const isNarrowed = Object.values(filters).some((value) => value !== undefined);
  return (
    <DataTable
      path="/v1/council/cases"
      filters={filters}
      columns={caseColumns}
      keyOf={(one) => one.id}
      what="cases"
      order="due"
      empty={
        <EmptyList title={isNarrowed ? 'No case matches.' : 'Nothing was asked of the council.'}>
          Uses that the policy sends to review come here, and whatever else people ask: snippets, contributions, publications, names, agreements.
        </EmptyList>
      }
    />
  );
}

const caseColumns: readonly Column<CouncilCase>[] = [
  {
    id: 'case',
    head: 'Case',
    sort: 'name',
    cell: (one) => (
      <span className="stack">
        <span className="line">
          <span className="faint">
            {one.name} · {one.kindTitle}
          </span>
          {one.waitsForMe && (
            <span className="badge" data-tone="medium">
              your vote
            </span>
          )}
        </span>
        <Link data-row-link className="name" href={`/council/${one.id}`}>
          {one.title ?? 'Words erased'}
        </Link>
      </span>
    ),
  },
  {
    id: 'licence',
    head: 'Licence',
    cell: (one) => (one.facts.licence === null ? <span className="faint">none named</span> : <code>{one.facts.licence}</code>),
  },
  { id: 'team', head: 'Team', cell: (one) => one.team ?? <span className="faint">the office</span> },
  {
    id: 'votes',
    head: 'Functions there',
    align: 'right',
    cell: (one) => (one.state === 'open' || one.state === 'waiting' ? `${count(one.served)} of ${count(one.needed)}` : ''),
  },
  {
    id: 'due',
    head: 'Due',
    sort: 'due',
    cell: (one) =>
      one.state === 'open' ? (
        <span className={one.isOverdue ? 'name' : ''}>
          {day(one.due)}
          {one.isOverdue && ' overdue'}
        </span>
      ) : one.until === null ? (
        ''
      ) : (
        `until ${day(one.until)}`
      ),
  },
  { id: 'state', head: 'State', cell: (one) => <CaseBadge one={one} /> },
  {
    id: 'conditions',
    head: 'Open conditions',
    align: 'right',
    cell: (one) =>
      one.conditionsOpen === 0 ? (
        <span className="faint">0</span>
      ) : (
        <Link className="rows" href={listHref('/council', { view: 'conditions', q: one.name })}>
          {count(one.conditionsOpen)}
        </Link>
      ),
  },
];

function CaseBadge({ one }: { readonly one: CouncilCase }) {
  const [word, tone] = one.state === 'decided' && one.outcome !== null ? outcomeWords[one.outcome] : caseStateWords[one.state];
  return (
    <span className="badge" {...(tone === undefined ? {} : { 'data-tone': tone })}>
      {word}
    </span>
  );
}

function Conditions() {
  const [search] = useSearchParams();
  return (
    <DataTable
      path="/v1/council/conditions"
      filters={{ q: search['q'], state: search['state'] ?? 'unmet' }}
      columns={conditionColumns}
      keyOf={(one) => one.id}
      what="conditions"
      order="due"
      empty={<EmptyList title="No condition waits.">What an approval asks for stands here until it is shown to be met.</EmptyList>}
    />
  );
}

const conditionColumns: readonly Column<CouncilCondition>[] = [
  {
    id: 'condition',
    head: 'Condition',
    cell: (one) => (
      <Link data-row-link href={`/council/${one.case.id}`}>
        {one.text ?? 'Words erased'}
      </Link>
    ),
  },
  { id: 'case', head: 'Case', cell: (one) => `${one.case.name}: ${one.case.title ?? 'words erased'}` },
  { id: 'owner', head: 'Borne by', cell: (one) => one.owner.name },
  { id: 'due', head: 'Due', sort: 'due', cell: (one) => day(one.due) },
  {
    id: 'state',
    head: 'State',
    cell: (one) => {
      const [word, tone] = conditionWords[one.state];
      return (
        <span className="badge" {...(tone === undefined ? {} : { 'data-tone': tone })}>
          {word}
        </span>
      );
    },
  },
  { id: 'do', head: 'To do', cell: (one) => <ConditionActions condition={one} /> },
];

function Members() {
  const [search] = useSearchParams();
  return (
    <DataTable
      path="/v1/council/seats"
      filters={{ q: search['q'], held: search['held'] ?? 'true' }}
      columns={seatColumns}
      keyOf={(one) => one.id}
      what="seats"
      order="function"
      empty={
        <EmptyList title="Nobody sits in the council.">
          Counsel and the office give seats; a case can be decided by who had one when it was opened.
        </EmptyList>
      }
    />
  );
}

const seatColumns: readonly Column<CouncilSeat>[] = [
  {
    id: 'member',
    head: 'Member',
    cell: (one) => (
      <span className="stack">
        <span className="name">{one.person.name}</span>
        {one.deputyOf !== null && <span className="faint">stands in for {one.deputyOf.name}</span>}
      </span>
    ),
  },
  { id: 'function', head: 'Function', sort: 'function', cell: (one) => one.functionTitle },
  { id: 'from', head: 'Since', sort: 'from', cell: (one) => day(one.from) },
  { id: 'until', head: 'Until', cell: (one) => (one.until === null ? <span className="faint">no end</span> : day(one.until)) },
  {
    id: 'votes',
    head: 'Vote',
    cell: (one) =>
      one.hasVote ? (
        <span className="badge" data-tone="ok">
          votes
        </span>
      ) : (
        <span className="badge" data-tone="medium" title="Their role gives no vote, or the seat is not held.">
          no vote
        </span>
      ),
  },
  { id: 'do', head: 'To do', cell: (one) => (one.isHeld ? <SeatActions seat={one} /> : null) },
];

type Kinds = readonly { readonly kind: string; readonly title: string; readonly count: number }[];

function Facets({ kinds, counts }: { readonly kinds: Kinds; readonly counts: Counts | undefined }) {
  const [search] = useSearchParams();
  return (
    <>
      <nav className="stack" aria-label="Parts of the council">
        <Link className="link" href="/council" aria-current={search['view'] === undefined ? 'page' : undefined}>
          Queue
        </Link>
        {Object.entries(views).map(([view, title]) => (
          <Link key={view} className="link" href={listHref('/council', { view })} aria-current={search['view'] === view ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      {search['view'] === undefined && (
        <>
          <Facet
            title="State"
            words={['state', 'forMe', 'overdue']}
            values={[
              { sets: { state: 'unsettled' }, label: 'To settle', count: counts === undefined ? null : counts.open + counts.expired },
              { sets: { forMe: 'true' }, label: 'Your vote', count: counts?.forMe ?? null },
              { sets: { overdue: 'true' }, label: 'Overdue', count: counts?.overdue ?? null },
              { sets: { state: 'decided' }, label: 'Decided', count: null },
              { sets: { state: 'withdrawn' }, label: 'Withdrawn', count: null },
            ]}
          />
          <Facet title="Kind" words={['kind']} values={kinds.map((each) => ({ sets: { kind: each.kind }, label: each.title, count: each.count }))} />
        </>
      )}
    </>
  );
}
