import { useQuery } from '@tanstack/react-query';
import type { Package, PackageList } from '#server/schemas/package.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Glyph, SeverityNumbers, severitiesShown } from '../../parts/glyph.tsx';
import { Link, listHref, packageHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted, ecosystemWord } from '../../parts/words.ts';

const filterWords = { ecosystem: 'ecosystem', severity: 'severity', resolved: 'resolved' } as const;

/** Every package in use, over all its versions. */
export function Page() {
  const [search] = useSearchParams();
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q', 'asOf'].map((word) => [word, search[word]]));
  const summary = useQuery(ask('/v1/packages', {}, { ...filters, limit: '1' }));
  return (
    <ListPage
      title="Packages"
      facets={<Facets list={summary.data} />}
      bar={
        <>
          <QueryBar words={filterWords} placeholder="Filter packages by name or purl" others={['sort', 'columns', 'view']} />
          <SavedViews page="/packages" />
        </>
      }
      line={
        summary.data !== undefined && (
          <span>
            <b>{count(summary.data.total)}</b> of {counted(summary.data.base, 'package')} in use
          </span>
        )
      }
    >
      <DataTable
        path="/v1/packages"
        filters={filters}
        columns={columns}
        keyOf={(one) => one.purl}
        what="packages"
        order="-findings"
        columnsWord="columns"
        empty={<EmptyList title="No package matches in what was read.">This does not mean that it is not used: see the coverage above.</EmptyList>}
      />
    </ListPage>
  );
}

const columns: readonly Column<Package>[] = [
  {
    id: 'name',
    head: 'Package',
    sort: 'name',
    cell: (one) => (
      <Link data-row-link href={packageHref(one.purl)}>
        <PackageName name={one.name} />
      </Link>
    ),
  },
  { id: 'ecosystem', head: 'Ecosystem', sort: 'ecosystem', cell: (one) => <span className="quiet">{ecosystemWord(one.ecosystem)}</span> },
  {
    id: 'versions',
    head: 'Versions',
    sort: 'versions',
    align: 'right',
    cell: (one) => (
      <Link className="rows" href={packageHref(one.purl)}>
        {count(one.versions)}
      </Link>
    ),
  },
  {
    id: 'unresolved',
    head: 'Without version',
    align: 'right',
    cell: (one) =>
      one.unresolved === 0 ? (
        <span className="faint">0</span>
      ) : (
        <Link className="rows" href={`${packageHref(one.purl)}?version=unknown`}>
          {count(one.unresolved)}
        </Link>
      ),
  },
  {
    id: 'components',
    head: 'Components',
    sort: 'components',
    align: 'right',
    cell: (one) => (
      <Link className="rows" href={listHref('/components', { uses: one.purl })}>
        {count(one.components)}
      </Link>
    ),
  },
  {
    id: 'findings',
    head: 'Open findings',
    sort: 'findings',
    cell: (one) =>
      one.findings === null ? (
        <Unknown why="No advisory source covers this ecosystem">No advisory source</Unknown>
      ) : (
        <SeverityNumbers counts={one.findings} hrefOf={(severity) => listHref('/findings', { package: one.purl, severity })} />
      ),
  },
];

function Facets({ list }: { readonly list: PackageList | undefined }) {
  return (
    <>
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
        title="Version"
        words={['resolved']}
        values={[
          { sets: { resolved: 'true' }, label: 'Known in every use', count: null },
          { sets: { resolved: 'false' }, label: 'Unknown somewhere', count: null, unknown: true },
        ]}
      />
    </>
  );
}
