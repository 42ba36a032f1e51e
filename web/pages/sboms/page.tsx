import { useQuery } from '@tanstack/react-query';
import type { SbomQuality, SbomQualityList } from '#server/schemas/sbom-quality.ts';
import { ask } from '../../parts/api.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { SignatureBadge, signatureWords } from '../../parts/signature-badge.tsx';
import { count, counted, day } from '../../parts/words.ts';
import { OfComponent } from './of-component.tsx';

const filterWords = { component: 'component', team: 'team', owner: 'owner', signature: 'signature' } as const;

/** SBOMs in use, the worst first; with a component chosen, what each of its SBOMs says and lacks. */
export function Page() {
  const [search] = useSearchParams();
  const { component, team, owner, signature, q } = search;
  const summary = useQuery(ask('/v1/sbom-qualities', {}, { limit: '1', team, owner: owner as 'none' | undefined }));
  return (
    <ListPage
      title="SBOMs"
      facets={component === undefined && summary.data !== undefined && <Facets list={summary.data} />}
      bar={<QueryBar words={filterWords} placeholder="Filter by component or path" others={['sort', 'before', 'after', 'weight', 'kind']} />}
      line={component === undefined && summary.data !== undefined && <Line list={summary.data} />}
    >
      {component === undefined ? (
        <DataTable
          path="/v1/sbom-qualities"
          filters={{ team, owner, signature, q }}
          columns={columns}
          keyOf={(one) => `${one.component.ref} ${one.path}`}
          what="SBOMs"
          order="score"
          empty={
            <EmptyList title="No SBOM matches.">
              Send one to /v1/sboms, or keep one in a repository. What came just now is judged within a minute.
            </EmptyList>
          }
        />
      ) : (
        <OfComponent component={component} />
      )}
    </ListPage>
  );
}

function Line({ list: { formula, trend, waiting } }: { readonly list: SbomQualityList }) {
  const [first, last] = [trend[0], trend.at(-1)];
  return (
    <span title={formula}>
      {first === undefined || last === undefined ? (
        'Nothing was judged yet'
      ) : (
        <>
          Mean score <b>{last.mean}</b> of {counted(last.sboms, 'SBOM')}; {first.mean} of {count(first.sboms)} on {day(first.at)}
        </>
      )}
      {waiting > 0 && ` · ${counted(waiting, 'SBOM')} not judged yet`} · a score is 100 × the weighted share of elements met
    </span>
  );
}

function Facets({ list }: { readonly list: SbomQualityList }) {
  return (
    <>
      <Facet
        title="Signature"
        words={['signature']}
        values={(['fails', 'not-verified', 'none', 'verified'] as const).map((signature) => ({
          sets: { signature },
          label: signatureWords[signature],
          count: list.signatures[signature],
        }))}
      />
      <Facet
        title="Team"
        words={['team', 'owner']}
        values={list.teams.map(({ team, sboms, mean }) => ({
          sets: team === null ? { owner: 'none' } : { team },
          label: `${team ?? 'No owner'}${mean === null ? '' : ` · mean ${String(mean)}`}`,
          count: sboms,
          unknown: team === null,
        }))}
      />
    </>
  );
}

const columns: readonly Column<SbomQuality>[] = [
  {
    id: 'component',
    head: 'Component',
    sort: 'component',
    cell: (one) => (
      <span className="stack">
        <Link data-row-link className="name" href={listHref('/sboms', { component: one.component.ref })}>
          {one.component.name}
        </Link>
        <span className="faint micro">{one.path}</span>
      </span>
    ),
  },
  { id: 'team', head: 'Team', sort: 'team', cell: (one) => one.team ?? <Unknown why="Nobody owns this component">No owner</Unknown> },
  { id: 'score', head: 'Score', sort: 'score', align: 'right', cell: (one) => <Score one={one} profile="all" /> },
  { id: 'ntia', head: 'NTIA', sort: 'ntia', align: 'right', cell: (one) => <Score one={one} profile="ntia" /> },
  { id: 'bsi', head: 'BSI', sort: 'bsi', align: 'right', cell: (one) => <Score one={one} profile="bsi" /> },
  { id: 'completeness', head: 'Completeness', sort: 'completeness', align: 'right', cell: (one) => <Score one={one} profile="completeness" /> },
  { id: 'signature', head: 'Signature', cell: (one) => <SignatureBadge signature={one.signature} /> },
  {
    id: 'form',
    head: 'Form',
    cell: (one) =>
      one.form === null ? (
        <Unknown why="It could not be read">unread</Unknown>
      ) : (
        <span className="stack">
          {one.form}
          <span className="faint micro">{counted(one.components, 'component')}</span>
        </span>
      ),
  },
  { id: 'validAt', head: 'Shown', sort: 'validAt', align: 'right', cell: (one) => <Age at={one.validAt} /> },
];

function Score({ one, profile }: { readonly one: SbomQuality; readonly profile: 'all' | 'ntia' | 'bsi' | 'completeness' }) {
  if (one.scores === null) return <Unknown why="It could not be read">unknown</Unknown>;
  return (
    <Link className="rows" href={listHref('/sboms', { component: one.component.ref })}>
      {one.scores[profile]}
    </Link>
  );
}
