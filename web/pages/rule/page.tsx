import { useQuery } from '@tanstack/react-query';
import type { RuleRow } from '#server/schemas/rule.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { Link, componentHref, packageHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { usePathParam, useSearchParams } from '../../parts/search-params.ts';
import styles from './rule.module.css';

const filterWords = { team: 'team', owner: 'owner', component: 'component' } as const;

/** Everything that one observed rule finds now, whether it is dealt with or only counted. */
export function Page() {
  const id = usePathParam('id');
  const rules = useQuery(ask('/v1/rules'));
  const [search] = useSearchParams();
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q'].map((word) => [word, search[word]]));
  const rule = rules.data?.items.find((each) => each.id === id);
  return (
    <div className={`page ${styles['panels'] ?? ''}`}>
      <PageHead title={rule?.title ?? id} about={rule === undefined ? 'What this rule finds' : rule.finds} />
      {rule !== undefined && (
        <Panel title="Why, and what to do" about={rule.explain}>
          <p>{rule.remedy}</p>
          <p className="faint">It cannot see: {rule.cannotSee}</p>
        </Panel>
      )}
      <Panel title="What it finds now" flush>
        <div className={styles['bar']}>
          <QueryBar words={filterWords} placeholder="Filter by component or package" others={['sort']} />
        </div>
        <DataTable
          path="/v1/rules/:id/rows"
          params={{ id }}
          filters={filters}
          columns={columns}
          keyOf={(row) => row.id}
          what="findings of this rule"
          order="component"
          empty={<EmptyList title="It finds nothing here.">What it cannot know is in its coverage, not in this list.</EmptyList>}
        />
      </Panel>
    </div>
  );
}

const columns: readonly Column<RuleRow>[] = [
  {
    id: 'component',
    head: 'Component',
    sort: 'component',
    cell: (row) => (
      <Link data-row-link href={componentHref(row.component.ref)}>
        {row.component.name}
      </Link>
    ),
  },
  { id: 'team', head: 'Owner', sort: 'team', cell: (row) => (row.team === null ? <Unknown>no owner</Unknown> : <TeamName team={row.team} />) },
  {
    id: 'package',
    head: 'Package',
    sort: 'package',
    cell: (row) =>
      row.package === null ? <span className="faint">the component</span> : <Link href={packageHref(row.package.purl)}>{row.package.name}</Link>,
  },
  { id: 'reason', head: 'Why', cell: (row) => row.reason },
  { id: 'since', head: 'Since', sort: 'since', cell: (row) => <time dateTime={row.since}>{row.since}</time> },
];
