import { useQuery } from '@tanstack/react-query';
import type { Source, SourceList } from '#server/schemas/source.ts';
import { ask } from '../../parts/api.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, listHref, receiptHref } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { ReadingNow } from '../../parts/reading/reading.tsx';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { isLate, sourceGlyphs, sourceWords } from '../../parts/source-state.ts';
import { count, counted, shortRevision } from '../../parts/words.ts';
import { SourceProblems } from './source-problems.tsx';
import styles from './sources.module.css';

const filterWords = { state: 'state', source: 'kind', trouble: 'trouble', origin: 'problems of' } as const;

/** Where every fact comes from, how fresh it is, and what could not be read. */
export function Page() {
  const [search] = useSearchParams();
  const filters = { state: search['state'], source: search['source'], trouble: search['trouble'], q: search['q'] };
  const summary = useQuery(ask('/v1/sources', {}, { limit: '1' }));
  return (
    <>
      <PageHead
        title="Sources"
        about="Where every fact comes from, how fresh it is, and what could not be read"
        actions={
          <Link className="button" href="/formats">
            What is read
          </Link>
        }
      />
      <div className={styles['page']}>
        <ReadingNow always />
        <Answered query={summary} what="the totals" rows={2}>
          {(list) => <Totals totals={list.totals} />}
        </Answered>
        <Panel title="Sources and feeds" about="Facts of a source that fails stay visible and are marked stale" flush>
          <div className={styles['bar']}>
            <QueryBar words={filterWords} placeholder="Filter sources" others={['sort', 'columns', 'view']} />
            <SavedViews page="/sources" />
          </div>
          <DataTable
            path="/v1/sources"
            filters={filters}
            columns={columns}
            columnsWord="columns"
            keyOf={(source) => source.id}
            what="sources"
            order="state"
            empty={<EmptyList title="No source matches.">Scan a folder or a repository, or upload an SBOM, and it stands here.</EmptyList>}
          />
        </Panel>
        <SourceProblems origin={search['origin']} />
      </div>
    </>
  );
}

function Totals({ totals }: { readonly totals: SourceList['totals'] }) {
  return (
    <div className={styles['totals']}>
      {(['fresh', 'watch', 'failing', 'never'] as const).map((state) => (
        <div key={state}>
          <div className="quiet line">
            <Glyph kind={sourceGlyphs[state]} /> {sourceWords[state]}
          </div>
          {totals[state] === 0 ? (
            <span className={`${styles['big']} faint`}>0</span>
          ) : (
            <Link className={`${styles['big']} rows`} href={listHref('/sources', { state })}>
              {count(totals[state])}
            </Link>
          )}
        </div>
      ))}
      <div>
        <div className="quiet">Problems</div>
        <a className={`${styles['big']} rows`} href="#problems">
          {count(totals.problems)}
        </a>
      </div>
    </div>
  );
}

const columns: readonly Column<Source>[] = [
  {
    id: 'origin',
    head: 'Source',
    sort: 'origin',
    cell: (source) => (
      <span className={styles['origin']}>
        <Link data-row-link className="name" href={listHref('/sources', { origin: source.origin })}>
          {source.origin}
        </Link>
        <span className="faint micro">
          {source.source}
          {source.revision !== null && (
            <>
              {' · '}
              <code>{shortRevision(source.revision)}</code>
            </>
          )}
        </span>
        {source.trouble !== null && (
          <span className={styles['trouble']} data-state={source.state}>
            {source.trouble}
            {source.staleComponents > 0 && <> Stale because of it: {counted(source.staleComponents, 'component')}.</>}
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'state',
    head: 'State',
    sort: 'state',
    cell: (source) => (
      <span className="line clip">
        <Glyph kind={sourceGlyphs[source.state]} /> {sourceWords[source.state]}
      </span>
    ),
  },
  {
    id: 'last',
    head: 'Last success',
    sort: 'lastSuccess',
    cell: (source) => (source.lastSuccess === null ? <Unknown>Never</Unknown> : <Age at={source.lastSuccess} stale={isLate(source)} />),
  },
  { id: 'runs', head: 'Last runs', cell: (source) => <Runs runs={source.runs} /> },
  { id: 'items', head: 'Items', align: 'right', cell: (source) => <Items source={source} /> },
  {
    id: 'problems',
    head: 'Problems',
    align: 'right',
    cell: (source) =>
      source.problems === 0 ? (
        <span className="faint">0</span>
      ) : (
        <Link className="rows" href={listHref('/sources', { origin: source.origin })}>
          {count(source.problems)}
        </Link>
      ),
  },
  {
    id: 'receipt',
    head: 'Receipt',
    align: 'right',
    cell: (source) =>
      source.receipt === null ? (
        <span className="faint">none</span>
      ) : (
        <Link className="link" href={receiptHref(source.receipt)}>
          latest
        </Link>
      ),
  },
];

function Items({ source }: { readonly source: Source }) {
  if (source.items === null) return <Unknown>Nothing read</Unknown>;
  const text = `${count(source.items.count)} ${source.items.noun}`;
  if (source.items.rowsQuery === null) return <>{text}</>;
  return (
    <Link className="rows" href={source.items.rowsQuery}>
      {text}
    </Link>
  );
}

/** One bar for each of the last observations: short and green read in full, taller in part, tallest failed. */
function Runs({ runs }: { readonly runs: Source['runs'] }) {
  const failed = runs.filter((run) => run.outcome === 'failed').length;
  const partial = runs.filter((run) => run.outcome === 'partial').length;
  return (
    <span className={styles['runs']} role="img" aria-label={`${counted(runs.length, 'run')}: ${failed} failed, ${partial} in part`}>
      {runs.map((run) => (
        <i key={run.at} data-outcome={run.outcome} />
      ))}
    </span>
  );
}
