import { useQuery } from '@tanstack/react-query';
import type { Component, ComponentList } from '#server/schemas/component.ts';
import { ask } from '../../parts/api.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EstateCoverage } from '../../parts/estate-coverage.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Glyph, SeverityNumbers, severitiesShown, totalOf } from '../../parts/glyph.tsx';
import { Link, componentHref, listHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { OwnerName, TeamName } from '../../parts/owner-name.tsx';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import type { Search } from '../../parts/search-params.ts';
import { count, counted } from '../../parts/words.ts';

const filterWords = {
  team: 'team',
  owner: 'owner',
  ecosystem: 'ecosystem',
  origin: 'source',
  read: 'read',
  observed: 'observed',
  stale: 'stale',
  problems: 'problems',
  severity: 'severity',
  uses: 'uses',
  affected: 'affected by',
} as const;

/** Every component that matches the filters. */
export function Page() {
  const [search] = useSearchParams();
  const filters = filtersIn(search);
  const summary = useQuery(ask('/v1/components', {}, { ...filters, limit: '1' }));
  return (
    <ListPage
      title="Catalogue"
      facets={<Facets list={summary.data} />}
      bar={
        <>
          <QueryBar words={filterWords} placeholder="Filter components by name" others={['sort', 'columns', 'view']} />
          <SavedViews page="/components" />
        </>
      }
      line={<Line list={summary.data} />}
    >
      <DataTable
        path="/v1/components"
        filters={filters}
        columns={columns}
        keyOf={(component) => component.ref}
        what="components"
        order="-findings"
        columnsWord="columns"
        empty={<EmptyList title="No component matches.">Remove a filter, or scan more repositories.</EmptyList>}
      />
    </ListPage>
  );
}

const columns: readonly Column<Component>[] = [
  {
    id: 'name',
    head: 'Component',
    sort: 'name',
    cell: (component) => (
      <Link data-row-link href={componentHref(component.ref)}>
        <span className="name">{component.name}</span> <span className="faint micro">{component.namespace}</span>
        {component.testMaterial && <span className="badge">test material</span>}
      </Link>
    ),
  },
  { id: 'team', head: 'Owner', sort: 'team', cell: (component) => <OwnerName owner={component.owner} /> },
  {
    id: 'ecosystems',
    head: 'Ecosystems',
    cell: (component) => <span className="quiet">{component.ecosystems.join(', ') || <Unknown>None seen</Unknown>}</span>,
  },
  { id: 'read', head: 'Read', sort: 'read', align: 'right', cell: (component) => <ReadAt component={component} /> },
  { id: 'problems', head: 'Problems', align: 'right', cell: (component) => <Problems component={component} /> },
  { id: 'packages', head: 'Packages', sort: 'packages', align: 'right', cell: (component) => <Packages component={component} /> },
  {
    id: 'findings',
    head: 'Open findings',
    sort: 'findings',
    cell: (component) =>
      component.findings === null ? (
        <FindingsUnknown component={component} />
      ) : component.testMaterial ? (
        <span className="faint">not judged</span>
      ) : (
        <SeverityNumbers counts={component.findings} hrefOf={(severity) => listHref('/findings', { component: component.ref, severity })} />
      ),
  },
];

function FindingsUnknown({ component }: { readonly component: Component }) {
  return component.packages === null ? (
    <Unknown why="Nothing was read, so nothing can be said">Not read</Unknown>
  ) : (
    <Unknown why="Findings of a component are for its team and for security">Not shown</Unknown>
  );
}

function ReadAt({ component }: { readonly component: Component }) {
  if (component.readAt === null) return <Unknown>Never</Unknown>;
  return <Age at={component.staleSince ?? component.readAt} stale={component.staleSince !== null} />;
}

function Problems({ component }: { readonly component: Component }) {
  if (component.problems === 0) return <span className="faint">0</span>;
  return (
    <Link className="rows" href={componentHref(component.ref)}>
      {count(component.problems)}
    </Link>
  );
}

function Packages({ component }: { readonly component: Component }) {
  if (component.packages === null) return <Unknown why="Nothing was read">Unknown</Unknown>;
  return (
    <Link className="rows" href={componentHref(component.ref)}>
      {count(component.packages)}
    </Link>
  );
}

function Line({ list }: { readonly list: ComponentList | undefined }) {
  if (list === undefined) return null;
  return (
    <>
      <span>
        <b>{count(list.total)}</b> of {counted(list.base, 'component')} · {counted(totalOf(list.findings), 'open finding')}
      </span>
      <EstateCoverage />
    </>
  );
}

function Facets({ list }: { readonly list: ComponentList | undefined }) {
  return (
    <>
      <Facet
        title="Owner"
        words={['team', 'owner']}
        values={(list?.facets.team ?? []).map(({ value, count: of }) =>
          value === null
            ? { sets: { owner: 'none' }, label: 'No owner', count: of, unknown: true }
            : { sets: { team: value }, label: <TeamName team={value} />, count: of },
        )}
      />
      <Facet
        title="Ecosystem"
        words={['ecosystem']}
        values={(list?.facets.ecosystem ?? []).map(({ value, count: of }) => ({ sets: { ecosystem: value }, label: value, count: of }))}
      />
      <Facet
        title="With an open finding"
        words={['severity']}
        values={severitiesShown.map((severity) => ({
          sets: { severity },
          label: (
            <>
              <Glyph kind={severity} /> {severity}
            </>
          ),
          count: null,
        }))}
      />
      <Facet
        title="Reading"
        words={['read', 'stale', 'problems']}
        values={[
          { sets: { read: 'week' }, label: 'Read in 7 days', count: null },
          { sets: { read: 'older' }, label: 'Older or never', count: null },
          { sets: { stale: 'true' }, label: 'Stale', count: null },
          { sets: { problems: 'true' }, label: 'With problems', count: null },
        ]}
      />
    </>
  );
}

function filtersIn(search: Search): Search {
  return Object.fromEntries([...Object.keys(filterWords), 'q', 'asOf'].map((word) => [word, search[word]]));
}
