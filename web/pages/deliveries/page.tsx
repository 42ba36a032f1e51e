import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Delivery, DeliveryList } from '#server/schemas/delivery.ts';
import { act } from '../../parts/acts.ts';
import { ask, inWords } from '../../parts/api.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, moment } from '../../parts/words.ts';
import styles from './deliveries.module.css';

const filterWords = { state: 'state', channel: 'channel', kind: 'kind', closedByHand: 'closedByHand' } as const;
const states = { waiting: 'waiting', sent: 'sent', dead: 'given up' } as const;
const tones = { waiting: 'medium', sent: 'ok', dead: 'critical' } as const;

/** Everything that is or was on its way to people and other systems, and why something did not arrive. */
export function Page() {
  const [search] = useSearchParams();
  const client = useQueryClient();
  const [said, setSaid] = useState('');
  const session = useQuery(ask('/v1/session'));
  const list = useQuery(ask('/v1/deliveries', { limit: '1' }));
  const known = list.data;
  const mayRetry = session.data?.permissions.includes('deliveries:write') === true;
  const filters = {
    state: search['state'],
    channel: search['channel'],
    kind: search['kind'],
    closedByHand: search['closedByHand'],
    q: search['q'],
  };
  const retry = (id: string) => {
    act('retry-delivery', { body: { deliveries: [id] }, words: null })
      .then(() => {
        setSaid('It is tried again.');
        return client.invalidateQueries({ queryKey: ['/v1/deliveries'] });
      })
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  return (
    <ListPage
      title="Deliveries"
      facets={<Facets known={known} />}
      bar={<QueryBar words={filterWords} placeholder="Filter by whom, what about or why not" others={['sort']} />}
      line={
        <span role="status">
          {known === undefined
            ? 'Counting…'
            : `${count(known.states.waiting)} on their way, ${count(known.states.dead)} given up, ${count(known.states.sent)} sent in the last 90 days.`}{' '}
          {said}
        </span>
      }
    >
      <DataTable
        path="/v1/deliveries"
        filters={filters}
        columns={columnsFor(mayRetry, retry)}
        keyOf={(one) => one.id}
        what="deliveries"
        order="-created"
        empty={
          <EmptyList title="Nothing was sent.">
            Channels stand under notify in the configuration: mail, Slack, Teams, webhooks, Jira and GitHub. Without one nobody is told anything.
          </EmptyList>
        }
      />
    </ListPage>
  );
}

function columnsFor(mayRetry: boolean, retry: (id: string) => void): readonly Column<Delivery>[] {
  return [
    {
      id: 'title',
      head: 'What',
      cell: (one) => (
        <span className={styles['what']}>
          {one.title ?? <span className="faint">not shown: it names findings</span>} {one.ticket !== null && <Ticket ticket={one.ticket} />}
          <span className={`faint micro ${styles['whom'] ?? ''}`}>
            {kindWord(one.kind)}, {one.channel}
            {recipientWords(one.to)}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      head: 'State',
      cell: (one) => (
        <span className="badge" data-tone={tones[one.state]}>
          {states[one.state]}
        </span>
      ),
    },
    { id: 'tries', head: 'Tries', sort: 'tries', align: 'right', cell: (one) => count(one.tries) },
    { id: 'problem', head: 'Last error', cell: (one) => <span className={styles['why']}>{one.problem ?? <span className="faint">none</span>}</span> },
    {
      id: 'next',
      head: 'Next try',
      sort: 'next',
      cell: (one) =>
        one.next !== null ? (
          moment(one.next)
        ) : one.state === 'dead' && mayRetry ? (
          <button type="button" className="button" data-size="small" onClick={() => retry(one.id)}>
            Try again
          </button>
        ) : (
          <span className="faint">{one.sent === null ? 'none' : `sent ${moment(one.sent)}`}</span>
        ),
    },
    { id: 'created', head: 'Created', sort: 'created', cell: (one) => moment(one.created) },
  ];
}

function Ticket({ ticket }: { readonly ticket: NonNullable<Delivery['ticket']> }) {
  const word = ticket.closedByHand !== null ? `closed there by hand, ${moment(ticket.closedByHand)}` : ticket.isOpen ? 'open there' : 'closed there';
  if (!/^https?:\/\//.test(ticket.url)) return <span className="faint micro">{word}</span>;
  return (
    <a className="link micro" href={ticket.url} rel="noreferrer noopener" target="_blank">
      {word}
    </a>
  );
}

function recipientWords(to: Delivery['to']): string {
  if (to.kind === 'channel') return '';
  if (to.kind === 'person') return `, to ${to.name}`;
  return to.name === '' ? ', to the list of the office' : `, to the list of ${to.name}`;
}

function kindWord(kind: string): string {
  return kind === 'issue' ? 'ticket' : kind.replaceAll('-', ' ');
}

function Facets({ known }: { readonly known: DeliveryList | undefined }) {
  const { states: counts, channels, kinds } = known ?? { states: null, channels: [], kinds: [] };
  return (
    <>
      <Facet
        title="State"
        words={['state']}
        values={(['dead', 'waiting', 'sent'] as const).map((state) => ({ sets: { state }, label: states[state], count: counts?.[state] ?? null }))}
      />
      <Facet title="Channel" words={['channel']} values={channels.map((channel) => ({ sets: { channel }, label: channel, count: null }))} />
      <Facet title="Kind" words={['kind']} values={kinds.map((kind) => ({ sets: { kind }, label: kindWord(kind), count: null }))} />
      <Facet title="Tickets" words={['closedByHand']} values={[{ sets: { closedByHand: 'true' }, label: 'Closed there by hand', count: null }]} />
    </>
  );
}
