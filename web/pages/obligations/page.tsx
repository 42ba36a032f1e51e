import { useQuery } from '@tanstack/react-query';
import type { Obligation, ObligationList } from '#server/schemas/obligation.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { Link, componentHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { deliveryWords } from '../../parts/policy-verdict.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count } from '../../parts/words.ts';
import { OfComponent } from './of-component.tsx';
import { stateWords } from './state-words.ts';

const filterWords = { component: 'component', obligation: 'obligation', state: 'state', team: 'team' } as const;

/** What licences ask for, by what is delivered; with a component chosen, by package version. */
export function Page() {
  const [search] = useSearchParams();
  const summary = useQuery(ask('/v1/obligations', {}, { limit: '1' }));
  const { component, obligation, state, team, q } = search;
  return (
    <ListPage
      title="Obligations"
      facets={summary.data !== undefined && <Facets list={summary.data} />}
      bar={
        <QueryBar
          words={filterWords}
          placeholder={component === undefined ? 'Filter by component, artifact or obligation' : 'Filter package versions'}
          others={['sort', 'of', 'columns']}
        />
      }
      line={summary.data !== undefined && <Line list={summary.data} />}
    >
      {component === undefined ? (
        <DataTable
          path="/v1/obligations"
          filters={{ obligation, state, team, q }}
          columns={columns}
          keyOf={(one) => `${one.component.ref} ${one.artifact ?? ''} ${one.obligation.id}`}
          what="obligations"
          order="-due"
          empty={<EmptyList title="No obligation matches.">Obligations come from the IP policy, for licences of what components deliver.</EmptyList>}
        />
      ) : (
        <OfComponent component={component} obligation={obligation} state={state} q={q} />
      )}
    </ListPage>
  );
}

function Line({ list: { counts, policy } }: { readonly list: ObligationList }) {
  return (
    <span>
      {count(counts.due)} due · {count(counts.open)} open: they hang on what is not known · {count(counts.fulfilled)} fulfilled · each is one package
      version in one artifact, under{' '}
      <Link className="rows" href="/ip-policy">
        {policy}
      </Link>
    </span>
  );
}

function Facets({ list }: { readonly list: ObligationList }) {
  return (
    <>
      <Facet
        title="State"
        words={['state']}
        values={(['due', 'open', 'fulfilled'] as const).map((state) => ({
          sets: { state },
          label: stateWords[state],
          count: list.counts[state],
          unknown: state === 'open',
        }))}
      />
      <Facet
        title="Due, by obligation"
        words={['obligation']}
        values={list.obligations.map(({ id, title, due }) => ({ sets: { obligation: id }, label: title, count: due }))}
      />
      <Facet
        title="Due, by team"
        words={['team']}
        values={list.teams.map(({ team, due }) => ({
          sets: { team: team ?? 'none' },
          label: team ?? 'No owner',
          count: due,
          unknown: team === null,
        }))}
      />
    </>
  );
}

const columns: readonly Column<Obligation>[] = [
  {
    id: 'component',
    head: 'Component',
    sort: 'component',
    cell: (one) => (
      <span className="stack">
        <Link data-row-link className="name" href={one.rowsQuery}>
          {one.component.name}
        </Link>
        <span className="faint micro">{one.artifact ?? 'no artifact declared'}</span>
      </span>
    ),
  },
  {
    id: 'team',
    head: 'Team',
    sort: 'team',
    cell: (one) => one.team ?? <Unknown why="Nobody owns this component">No owner</Unknown>,
  },
  {
    id: 'delivered',
    head: 'Delivered',
    cell: (one) =>
      one.deliveries.length === 0 ? (
        <Link href={componentHref(one.component.ref)}>
          <Unknown why="Say it on the page of the component">Not said</Unknown>
        </Link>
      ) : (
        one.deliveries.map((each) => deliveryWords[each]).join(', ')
      ),
  },
  {
    id: 'obligation',
    head: 'Obligation',
    sort: 'obligation',
    cell: (one) => <span title={one.obligation.asks}>{one.obligation.title}</span>,
  },
  { id: 'due', head: 'Due', sort: 'due', align: 'right', cell: (one) => <Rows one={one} state="due" /> },
  { id: 'open', head: 'Open', sort: 'open', align: 'right', cell: (one) => <Rows one={one} state="open" /> },
  { id: 'fulfilled', head: 'Fulfilled', sort: 'fulfilled', align: 'right', cell: (one) => <Rows one={one} state="fulfilled" /> },
];

function Rows({ one, state }: { readonly one: Obligation; readonly state: 'due' | 'open' | 'fulfilled' }) {
  if (one[state] === 0) return <span className="faint">0</span>;
  return (
    <Link className="rows" href={`${one.rowsQuery}&state=${state}`}>
      {count(one[state])}
    </Link>
  );
}
