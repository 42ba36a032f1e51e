import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PackageObligation } from '#server/schemas/obligation.ts';
import { addressOf, ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Link, componentHref, listHref } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Fulfil } from './fulfil.tsx';
import styles from './obligations.module.css';
import { stateWords } from './state-words.ts';

const reports = [
  ['notice', 'Notices', 'html'],
  ['source-offer', 'Source to offer', 'csv'],
  ['licence-report', 'Licence report', 'html'],
  ['open-obligations', 'Obligations', 'csv'],
] as const;

type OfComponentProps = {
  readonly component: string;
  readonly obligation: string | undefined;
  readonly state: string | undefined;
  readonly q: string | undefined;
};

/** The duties of one component by package version, its reports, and saying that a duty was fulfilled. */
export function OfComponent({ component, obligation, state, q }: OfComponentProps) {
  const session = useQuery(ask('/v1/session'));
  const [isOpen, setOpen] = useState(false);
  const mayFulfil = session.data?.permissions.includes('artifacts:write') === true;
  return (
    <>
      <div className={styles['actions']}>
        <Link className="link" href={componentHref(component)}>
          {component}
        </Link>
        <span className="line" role="group" aria-label="Reports">
          {reports.map(([id, title, format]) => (
            <a
              key={id}
              className="button"
              data-size="small"
              href={addressOf('/v1/components/:ref/reports/:id', { ref: component, id }, { format })}
              download={`${id}.${format}`}
            >
              {title}
            </a>
          ))}
        </span>
        {mayFulfil && obligation !== undefined && (
          <button type="button" className="button" data-size="small" onClick={() => setOpen(true)}>
            Fulfilled…
          </button>
        )}
      </div>
      <DataTable
        path="/v1/components/:ref/obligations"
        params={{ ref: component }}
        filters={{ obligation, state, q }}
        columns={columnsFor(component)}
        keyOf={(one) => `${one.purl} ${one.artifact ?? ''} ${one.obligation.id}`}
        what="obligations"
        order="state"
        empty={<Empty title="Nothing is asked for.">What is known of its licences asks for nothing, or not in the state that is chosen.</Empty>}
      />
      {isOpen && obligation !== undefined && <Fulfil component={component} obligation={obligation} onClose={() => setOpen(false)} />}
    </>
  );
}

function columnsFor(component: string): readonly Column<PackageObligation>[] {
  return [
    {
      id: 'package',
      head: 'Package version',
      sort: 'package',
      cell: (one) => (
        <Link data-row-link href={listHref('/may-i-use', { package: one.purl, for: component })}>
          <code>{one.purl}</code>
        </Link>
      ),
    },
    { id: 'artifact', head: 'Artifact', cell: (one) => one.artifact ?? <Unknown why="The component declares none">Not declared</Unknown> },
    { id: 'licence', head: 'Licence', cell: (one) => (one.licence === null ? <Unknown>Unknown</Unknown> : <code>{one.licence}</code>) },
    { id: 'obligation', head: 'Obligation', sort: 'obligation', cell: (one) => <span title={one.obligation.asks}>{one.obligation.title}</span> },
    {
      id: 'state',
      head: 'State',
      sort: 'state',
      cell: (one) => (
        <span className={styles['state']}>
          <span className="badge" data-tone={one.state === 'due' ? 'medium' : one.state === 'fulfilled' ? 'ok' : undefined}>
            {stateWords[one.state]}
          </span>
          {one.state === 'fulfilled' && (
            <span className="faint micro">{[one.by, one.evidence ?? 'words erased'].filter((each) => each !== null).join(': ')}</span>
          )}
        </span>
      ),
    },
  ];
}
