import type { ClosedClock } from '#server/schemas/clocks.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { Link, componentHref, findingHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { moment } from '../../parts/words.ts';

const filterWords = { team: 'team', owner: 'owner', kept: 'kept' } as const;

/** Every clock that ended in the last 90 days: the rows behind days to close and attainment. */
export function Page() {
  const [search] = useSearchParams();
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q'].map((word) => [word, search[word]]));
  return (
    <div className="page">
      <PageHead
        title="Closed in 90 days"
        about="Findings that had a clock and are fixed where they run, by what inventories show. Days to close is the mean of their days."
      />
      <Panel title="Closed findings" actions={<QueryBar words={filterWords} placeholder="Filter by advisory, package or component" />} flush>
        <DataTable
          path="/v1/clocks/closed"
          filters={filters}
          columns={columns}
          keyOf={(row) => `${row.id} ${String(row.episode)}`}
          what="closed findings"
          order="-closed"
          empty={
            <EmptyList title="Nothing with a clock was closed in 90 days.">What belongs to the baseline has no clock and is not listed.</EmptyList>
          }
        />
      </Panel>
    </div>
  );
}

const columns: readonly Column<ClosedClock>[] = [
  {
    id: 'finding',
    head: 'Finding',
    cell: (row) => (
      <Link data-row-link href={findingHref(row.id)} className="stack">
        <span className="name">
          <PackageName name={row.package.name} brief />
        </span>
        <span className="faint micro">{row.advisory.ids[0] ?? row.advisory.key}</span>
      </Link>
    ),
  },
  {
    id: 'component',
    head: 'Component',
    sort: 'component',
    cell: (row) => <Link href={componentHref(row.component.ref)}>{row.component.name}</Link>,
  },
  { id: 'team', head: 'Owner', sort: 'team', cell: (row) => (row.team === null ? <Unknown>No owner</Unknown> : <TeamName team={row.team} />) },
  { id: 'opened', head: 'Known', cell: (row) => <time dateTime={row.opened}>{moment(row.opened)}</time> },
  { id: 'closed', head: 'Closed', sort: 'closed', cell: (row) => <time dateTime={row.closed}>{moment(row.closed)}</time> },
  { id: 'days', head: 'Days', sort: 'days', align: 'right', cell: (row) => row.days.toFixed(1) },
  {
    id: 'kept',
    head: 'In time',
    cell: (row) => (
      <span className="badge" data-tone={row.inTime ? 'ok' : 'critical'} title={`due ${moment(row.due)} UTC`}>
        {row.inTime ? 'in time' : 'late'}
      </span>
    ),
  },
];
