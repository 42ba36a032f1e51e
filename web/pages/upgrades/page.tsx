import { useQuery } from '@tanstack/react-query';
import type { Upgrade, UpgradeList } from '#server/schemas/leverage.ts';
import type { Overview } from '#server/schemas/overview.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { totalOf } from '../../parts/glyph.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import type { Search } from '../../parts/search-params.ts';
import { Criticals, Jump, componentsHref, leverageFormula, spanOf } from '../../parts/upgrade-table.tsx';
import { count, counted, percent } from '../../parts/words.ts';

const filterWords = { team: 'team', owner: 'owner', component: 'component', package: 'package' } as const;

/** What to raise to what: one row a package, most findings closed for least effort first; for everybody, a team, or a component. */
export function Page() {
  const [search] = useSearchParams();
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q'].map((word) => [word, search[word]]));
  const summary = useQuery(ask('/v1/leverage', {}, { ...filters, limit: '1' }));
  const overview = useQuery(ask('/v1/overview'));
  return (
    <ListPage
      title="Upgrades"
      facets={<Teams teams={overview.data?.teams} />}
      bar={
        <>
          <QueryBar words={filterWords} placeholder="Filter packages by name" others={['sort', 'columns', 'view']} />
          <SavedViews page="/upgrades" />
        </>
      }
      line={summary.data !== undefined && <Line list={summary.data} filters={filters} />}
    >
      <DataTable
        path="/v1/leverage"
        filters={filters}
        columns={columnsFor(search['component'])}
        keyOf={(one) => one.purl}
        what="upgrades"
        order="-leverage"
        columnsWord="columns"
        empty={<EmptyList title="Nothing to raise: no open finding matches.">Read it together with the coverage above.</EmptyList>}
      />
    </ListPage>
  );
}

function Line({ list, filters }: { readonly list: UpgradeList; readonly filters: Search }) {
  const all = totalOf(list.findings);
  const { team, owner, component, package: purl } = filters;
  return (
    <span title={leverageFormula}>
      <b>{count(list.total)}</b> {list.total === 1 ? 'package' : 'packages'} to raise close {count(list.closes)} of{' '}
      <Link className="rows" href={listHref('/findings', { team, owner, component, package: purl })}>
        {counted(all, 'open finding')}
      </Link>
      {all > 0 && ` (${percent(list.closes / all)})`}. No two rows close the same finding. Known versions only: named as fixed by an advisory, or in
      use.
    </span>
  );
}

function Teams({ teams }: { readonly teams: Overview['teams'] | undefined }) {
  return (
    <Facet
      title="Findings by owner"
      words={['team', 'owner']}
      values={(teams ?? [])
        .flatMap(({ team, findings }) => (findings === null || totalOf(findings) === 0 ? [] : [{ team, findings }]))
        .map(({ team, findings }) =>
          team === null
            ? { sets: { owner: 'none' }, label: 'No owner', count: totalOf(findings), unknown: true }
            : { sets: { team }, label: <TeamName team={team} />, count: totalOf(findings) },
        )}
    />
  );
}

function columnsFor(component: string | undefined): readonly Column<Upgrade>[] {
  return [
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
    { id: 'from', head: 'From', cell: (one) => <code>{spanOf(one.from)}</code> },
    {
      id: 'to',
      head: 'To',
      cell: (one) => (one.to === null ? <Unknown why={one.reason ?? undefined}>no fix known</Unknown> : <code>{one.to}</code>),
    },
    ...(component === undefined ? [] : [byColumn(component)]),
    {
      id: 'components',
      head: 'Components',
      sort: 'components',
      align: 'right',
      cell: (one) => (
        <Link className="rows" href={componentsHref(one)}>
          {count(one.components)}
        </Link>
      ),
    },
    {
      id: 'closes',
      head: 'Closes',
      sort: 'closes',
      align: 'right',
      cell: (one) =>
        one.closes === 0 ? (
          <span className="faint">0</span>
        ) : (
          <Link className="rows" href={one.rowsQuery}>
            {count(one.closes)}
          </Link>
        ),
    },
    { id: 'critical', head: 'Critical', cell: (one) => <Criticals upgrade={one} /> },
    { id: 'jump', head: 'Jump', cell: (one) => <Jump upgrade={one} /> },
    {
      id: 'leverage',
      head: 'Leverage',
      sort: 'leverage',
      align: 'right',
      cell: (one) => (
        <span className="quiet" title={leverageFormula}>
          {one.leverage.toFixed(1)}
        </span>
      ),
    },
  ];
}

function byColumn(component: string): Column<Upgrade> {
  return {
    id: 'by',
    head: 'Comes by',
    cell: (one) => (
      <Link className="rows quiet" href={`${componentHref(component)}?why=${encodeURIComponent(one.purl)}`} title="Why is it here">
        {one.broughtBy === null || one.broughtBy.isUnknown
          ? 'unknown'
          : [...(one.broughtBy.isDirect ? ['direct'] : []), ...one.broughtBy.by.map((step) => step.name)].slice(0, 2).join(', ')}
      </Link>
    ),
  };
}
