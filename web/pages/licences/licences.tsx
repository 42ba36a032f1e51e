import type { LicenceRow } from '#server/schemas/licence.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Link } from '../../parts/link.tsx';
import { PolicyVerdict, policyVerdictsShown } from '../../parts/policy-verdict.tsx';
import type { Search } from '../../parts/search-params.ts';
import { count } from '../../parts/words.ts';
import styles from './licences.module.css';

/** Every licence in use, worst first. */
export function Licences({ search }: { readonly search: Search }) {
  return (
    <DataTable
      path="/v1/licences"
      filters={{ category: search['category'], verdict: search['verdict'], q: search['q'] }}
      columns={columns}
      keyOf={(one) => one.licence ?? 'unknown'}
      what="licences"
      order="-worst"
      empty={
        <EmptyList title="No licence matches.">
          Licences come from lockfiles, SBOMs, manifests, registries, licence files and what counsel concludes.
        </EmptyList>
      }
    />
  );
}

const columns: readonly Column<LicenceRow>[] = [
  {
    id: 'licence',
    head: 'Licence',
    sort: 'licence',
    cell: (one) => (
      <Link data-row-link href={one.rowsQuery}>
        {one.licence === null ? <Unknown>Unknown licence</Unknown> : <code>{one.licence}</code>}
      </Link>
    ),
  },
  { id: 'category', head: 'Category', cell: (one) => (one.category === null ? <Unknown>not named by the policy</Unknown> : one.category) },
  {
    id: 'worst',
    head: 'Worst verdict',
    sort: 'worst',
    cell: (one) => <PolicyVerdict verdict={one.worst} />,
  },
  {
    id: 'versions',
    head: 'Package versions',
    sort: 'versions',
    align: 'right',
    cell: (one) => (
      <Link className="rows" href={one.rowsQuery}>
        {count(one.versions)}
      </Link>
    ),
  },
  {
    id: 'uses',
    head: 'Uses by verdict',
    sort: 'uses',
    cell: (one) => (
      <span className={styles['mix']}>
        {policyVerdictsShown
          .filter((verdict) => one.verdicts[verdict] > 0)
          .map((verdict) => (
            <span key={verdict}>
              {count(one.verdicts[verdict])} <PolicyVerdict verdict={verdict} />
            </span>
          ))}
      </span>
    ),
  },
];
