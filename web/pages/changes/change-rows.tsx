import type { Change } from '#server/schemas/changes.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import type { Search } from '../../parts/search-params.ts';
import { causeWords, whatWord } from './change-words.ts';

/** The changes one by one, filtered by what the address says. */
export function ChangeRows({ filters }: { readonly filters: Search }) {
  return (
    <DataTable
      path="/v1/changes"
      filters={filters}
      columns={columns}
      columnsWord="columns"
      keyOf={(change) => [change.kind, change.what, change.component.ref, change.purl, change.ids?.[0]].join(' ')}
      what="changes"
      order="kind"
      empty={<EmptyList title="Nothing of this kind changed.">Read it together with how much was observed on both days.</EmptyList>}
    />
  );
}

const columns: readonly Column<Change>[] = [
  { id: 'name', head: 'What', sort: 'name', cell: (change) => <Name change={change} /> },
  {
    id: 'what',
    head: 'Change',
    sort: 'kind',
    cell: (change) => `${change.kind === 'component' ? '' : `${change.kind}: `}${whatWord(change).toLowerCase()}`,
  },
  {
    id: 'versions',
    head: 'Versions',
    cell: ({ before, after }) => (before === null || after === null ? null : <Versions before={before} after={after} />),
  },
  { id: 'advisory', head: 'Advisory', cell: (change) => <Advisory change={change} /> },
  { id: 'cause', head: 'Cause', cell: ({ cause }) => (cause === null ? null : <span className="quiet">{causeWords[cause]}</span>) },
  {
    id: 'component',
    head: 'Component',
    sort: 'component',
    cell: ({ component }) => (
      <Link className="rows" href={componentHref(component.ref)}>
        {component.name}
      </Link>
    ),
  },
  { id: 'team', head: 'Owner', sort: 'team', cell: ({ team }) => <TeamName team={team} /> },
];

function Name({ change: { purl, name, component } }: { readonly change: Change }) {
  return (
    <Link data-row-link href={purl === null ? componentHref(component.ref) : packageHref(purl)}>
      <PackageName name={name} brief />
    </Link>
  );
}

function Versions({ before, after }: { readonly before: readonly string[]; readonly after: readonly string[] }) {
  return (
    <span className="line">
      {before.length > 0 && <code title={before.join(', ')}>{before.join(', ')}</code>}
      {before.length > 0 && after.length > 0 && <span aria-label="to">→</span>}
      {after.length > 0 && <code title={after.join(', ')}>{after.join(', ')}</code>}
    </span>
  );
}

function Advisory({ change: { ids, severity, component } }: { readonly change: Change }) {
  const [first] = ids ?? [];
  if (first === undefined || severity === null) return null;
  return (
    <span className="line">
      <Glyph kind={severity} />
      <Link className="rows" href={listHref('/findings', { advisory: first, component: component.ref, state: 'any' })} title={ids?.join(', ')}>
        {first}
      </Link>
    </span>
  );
}
