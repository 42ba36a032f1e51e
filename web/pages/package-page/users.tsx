import type { PackageDetail, PackageUser } from '#server/schemas/package.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EvidenceName } from '../../parts/evidence-name.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, componentHref } from '../../parts/link.tsx';
import { OwnerName } from '../../parts/owner-name.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { counted, day } from '../../parts/words.ts';
import styles from './package-page.module.css';

const filterWords = { version: 'version', range: 'range', advisory: 'advisory', verdict: 'verdict', team: 'team', owner: 'owner' } as const;
const verdicts = { affected: 'Affected', 'not-affected': 'Not in the range', unknown: 'Unknown' } as const;
const kinds = { affected: 'critical', 'not-affected': 'ok', unknown: 'unknown' } as const;

/** Every use of the package that was read: who, which version, the file that shows it. */
export function Users({ one }: { readonly one: PackageDetail }) {
  const [search] = useSearchParams();
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q', 'asOf'].map((word) => [word, search[word]]));
  return (
    <Panel title="Who uses it" about={counted(one.components, 'component')} flush>
      <div className={styles['filters']}>
        <QueryBar words={filterWords} placeholder="Filter components" />
      </div>
      <DataTable
        path="/v1/packages/:purl/users"
        params={{ purl: one.purl }}
        filters={filters}
        columns={columns}
        keyOf={(user) => `${user.component.ref} ${user.version ?? user.range} ${user.evidence.path}`}
        what="users"
        order="component"
        empty={<Empty title="No use matches in what was read.">Remove a filter, and mind what was not read.</Empty>}
      />
    </Panel>
  );
}

const columns: readonly Column<PackageUser>[] = [
  {
    id: 'component',
    head: 'Component',
    sort: 'component',
    cell: (user) => (
      <Link data-row-link className="name" href={componentHref(user.component.ref)}>
        {user.component.name}
      </Link>
    ),
  },
  {
    id: 'version',
    head: 'Version',
    sort: 'version',
    cell: (user) =>
      user.version === null ? <Unknown why="Only a range is known">{user.range ?? 'no version'}</Unknown> : <code>{user.version}</code>,
  },
  {
    id: 'verdict',
    head: 'Verdict',
    cell: (user) =>
      user.verdict === null ? (
        <Unknown why="Findings of a team are for the team and for security">Not shown</Unknown>
      ) : (
        <span className="line">
          <Glyph kind={kinds[user.verdict]} /> {verdicts[user.verdict]}
        </span>
      ),
  },
  { id: 'team', head: 'Owner', sort: 'team', cell: (user) => <OwnerName owner={user.owner} /> },
  { id: 'evidence', head: 'Seen in', cell: (user) => <EvidenceName evidence={user.evidence} /> },
  {
    id: 'how',
    head: 'How',
    cell: (user) => (
      <span className="quiet">
        {user.direct === null ? 'directness unknown' : user.direct ? 'direct' : 'transitive'}, {user.scope}
      </span>
    ),
  },
  { id: 'since', head: 'Since', sort: 'since', align: 'right', cell: (user) => day(user.since) },
  {
    id: 'stale',
    head: 'Confirmed',
    align: 'right',
    cell: (user) =>
      user.staleSince === null ? (
        <span className="faint">fresh</span>
      ) : (
        <>
          stale <Age at={user.staleSince} stale />
        </>
      ),
  },
];
