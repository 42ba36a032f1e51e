import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Incident } from '#server/schemas/incident.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { SeverityWord } from '../../parts/glyph.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, moment } from '../../parts/words.ts';
import { OpenIncident } from './open-incident.tsx';

const filterWords = { state: 'state' } as const;

/** Every incident, and how many of its owners have answered. */
export function Page() {
  const [search] = useSearchParams();
  const [isOpening, setOpening] = useState(false);
  const session = useQuery(ask('/v1/session'));
  const mayOpen = session.data?.permissions.includes('incidents:write') === true;
  const filters = { state: search['state'], q: search['q'] };
  return (
    <ListPage
      title="Incidents"
      facets={<States />}
      bar={
        <>
          <QueryBar words={filterWords} placeholder="Filter incidents by name, package or id" others={['sort']} />
          <button
            type="button"
            className="button"
            disabled={!mayOpen}
            title={mayOpen ? undefined : 'Security and the open source office open incidents.'}
            onClick={() => setOpening(true)}
          >
            Open an incident…
          </button>
        </>
      }
      line={
        <span>An incident is an advisory of our own: known to the office at once, and one with the published advisory once it has its name.</span>
      }
    >
      <DataTable
        path="/v1/incidents"
        filters={filters}
        columns={columns}
        keyOf={(one) => one.id}
        what="incidents"
        order="-opened"
        empty={<EmptyList title="No incident was opened.">When something hurts before a CVE exists, open one: every owner is asked.</EmptyList>}
      />
      {isOpening && <OpenIncident onClose={() => setOpening(false)} />}
    </ListPage>
  );
}

const columns: readonly Column<Incident>[] = [
  {
    id: 'title',
    head: 'Incident',
    cell: (one) => (
      <span className="line">
        <SeverityWord severity={one.severity} />
        <Link data-row-link href={`/incidents/${one.record}`}>
          {one.title ?? 'Words erased'}
        </Link>
        <span className="faint micro">{one.ids.slice(0, 2).join(', ')}</span>
      </span>
    ),
  },
  { id: 'package', head: 'Package', cell: (one) => <Named incident={one} /> },
  { id: 'opened', head: 'Opened', sort: 'opened', cell: (one) => moment(one.opened) },
  { id: 'exposed', head: 'Exposed', align: 'right', cell: (one) => rows(one, one.counts.exposed, { state: 'exposed' }) },
  { id: 'no-answer', head: 'No answer', align: 'right', cell: (one) => rows(one, one.counts.noAnswer, { state: 'exposed,perhaps', answer: 'none' }) },
  { id: 'not-scanned', head: 'Not scanned', align: 'right', cell: (one) => rows(one, one.counts.notScanned, { state: 'not-scanned' }) },
  { id: 'gone', head: 'Gone', align: 'right', cell: (one) => rows(one, one.counts.gone, { state: 'gone' }) },
  {
    id: 'state',
    head: 'State',
    cell: (one) =>
      one.closed === null ? (
        <span className="badge" data-tone="critical">
          open
        </span>
      ) : (
        <span className="badge">{one.closed.as === 'over' ? 'over' : 'false alarm'}</span>
      ),
  },
];

function Named({ incident: { affected, found } }: { readonly incident: Incident }) {
  if (affected !== null) return <code>{affected.package}</code>;
  const packages = [...new Set(found.map((each) => each.package))];
  return packages.length === 0 ? <Unknown>A file by its hash</Unknown> : <code>{packages.join(', ')}</code>;
}

function rows(one: Incident, value: number, filter: Readonly<Record<string, string>>) {
  if (value === 0) return <span className="faint">0</span>;
  return (
    <Link className="rows" href={listHref(`/incidents/${one.record}`, filter)}>
      {count(value)}
    </Link>
  );
}

function States() {
  return (
    <Facet
      title="State"
      words={['state']}
      values={[
        { sets: { state: 'open' }, label: 'Open', count: null },
        { sets: { state: 'closed' }, label: 'Closed', count: null },
      ]}
    />
  );
}
