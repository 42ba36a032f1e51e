import { useQuery } from '@tanstack/react-query';
import type { Act, ActList } from '#server/schemas/act.ts';
import { ask } from '../../parts/api.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { Link, componentHref, findingHref, listHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { counted, moment } from '../../parts/words.ts';
import { Days } from './days.tsx';
import { Said } from './said.tsx';
import styles from './decisions.module.css';

const filterWords = { kind: 'kind', actor: 'by', subject: 'about', from: 'from', until: 'until' } as const;

/** Everything that people did, newest first: added to, never changed. */
export function Page() {
  const [search] = useSearchParams();
  const { kind, actor, subject, from, until, q } = search;
  const filters = { kind, actor, subject, from, until, q };
  const summary = useQuery(ask('/v1/acts', {}, { ...filters, limit: '1' }));
  return (
    <ListPage
      title="Decisions"
      facets={<Facets list={summary.data} />}
      bar={<QueryBar words={filterWords} placeholder="Filter by kind, pseudonym or subject" others={['sort', 'columns']} />}
      line={<Line list={summary.data} />}
    >
      <DataTable
        path="/v1/acts"
        filters={filters}
        columns={columns}
        columnsWord="columns"
        keyOf={(act) => String(act.seq)}
        what="acts"
        order="-seq"
        empty={
          <EmptyList title="Nobody did this yet.">
            What people decide, approve, say and grant stands here from then on. Remove a filter to see more.
          </EmptyList>
        }
      />
    </ListPage>
  );
}

const columns: readonly Column<Act>[] = [
  {
    id: 'kind',
    head: 'What',
    cell: (act) => (
      <>
        <Link data-row-link className="name" href={hrefOf(act.subject)}>
          {inWords(act.kind)}
        </Link>
        <Said act={act} />
      </>
    ),
  },
  {
    id: 'actor',
    head: 'By',
    cell: (act) => (
      <Link className={styles['key']} title={act.actor} href={listHref('/decisions', { actor: act.actor })}>
        {act.actorName ?? act.actor}
      </Link>
    ),
  },
  { id: 'subject', head: 'About', cell: (act) => <Subject act={act} /> },
  { id: 'at', head: 'When (UTC)', cell: (act) => <time dateTime={act.at}>{moment(act.at)}</time> },
  { id: 'seq', head: 'Number', sort: 'seq', align: 'right', cell: (act) => <code>{act.seq}</code> },
  {
    id: 'hash',
    head: 'Hash',
    cell: (act) => (
      <code className="faint" title={act.hash}>
        {act.hash.slice(0, 12)}
      </code>
    ),
  },
];

function Subject({ act: { subject } }: { readonly act: Act }) {
  return (
    <Link className={styles['key']} title={subject} href={listHref('/decisions', { subject })}>
      {subject}
    </Link>
  );
}

/** Where the subject has a page of its own; else everything else that was done about it. */
function hrefOf(subject: string): string {
  if (subject.startsWith('component:')) return componentHref(subject);
  return subject.startsWith('finding:') ? findingHref(subject.slice('finding:'.length)) : listHref('/decisions', { subject });
}

function Facets({ list }: { readonly list: ActList | undefined }) {
  const kinds = (list?.kinds ?? []).map((kind) => ({ sets: { kind }, label: inWords(kind), count: null }));
  return (
    <>
      <Days />
      <Facet title="Kind" words={['kind']} values={kinds} />
    </>
  );
}

function Line({ list }: { readonly list: ActList | undefined }) {
  if (list === undefined) return null;
  const { total, checkpoint } = list;
  return (
    <>
      {counted(total, 'act')} · added to, never changed ·{' '}
      {checkpoint === null
        ? 'no checkpoint was signed yet, so only the chain itself proves them'
        : `signed up to number ${String(checkpoint.seq)} on ${moment(checkpoint.at)} UTC, key ${checkpoint.keyId.slice(0, 12)}`}
    </>
  );
}

/** A kind as people say it: `approve-decision` is "Approve decision". */
function inWords(kind: string): string {
  const words = kind.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
