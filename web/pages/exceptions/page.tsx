import { useQuery } from '@tanstack/react-query';
import type { LicenceExceptionRow } from '#server/schemas/licence.ts';
import { ask } from '../../parts/api.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Facet, QueryBar } from '../../parts/filters.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { PolicyVerdict, deliveryWords, policyVerdictsShown } from '../../parts/policy-verdict.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted, day } from '../../parts/words.ts';
import { Ends } from './ends.tsx';
import styles from './exceptions.module.css';
import { TakeBack } from './take-back.tsx';

const filterWords = { kind: 'kind', state: 'state' } as const;
const kindWords: Readonly<Record<LicenceExceptionRow['kind'], string>> = {
  counsel: 'by counsel',
  council: 'by the council',
  'break-glass': 'a build let pass',
};

/** What is permitted beside the IP policy: by whom, until when, and what it changes now. What ends soon comes first. */
export function Page() {
  const [search] = useSearchParams();
  const session = useQuery(ask('/v1/session'));
  const mayTakeBack = session.data?.permissions.includes('licences:conclude') === true;
  return (
    <ListPage
      title="Exceptions"
      facets={<Facets />}
      bar={<QueryBar words={filterWords} placeholder="Filter by package, licence, component or team" others={['sort']} />}
      line={
        <span>
          Permitted beside the{' '}
          <Link className="rows" href="/ip-policy">
            IP policy
          </Link>
          , each until it ends. What ends soon comes first.
        </span>
      }
    >
      <DataTable
        path="/v1/licence-exceptions"
        filters={{ kind: search['kind'], state: search['state'], q: search['q'] }}
        columns={columnsFor(mayTakeBack)}
        keyOf={(one) => one.id}
        what="exceptions"
        order="until"
        empty={
          <EmptyList title="No exception matches.">
            Counsel and the council permit what the policy would not; a team lets a blocked build pass with check --break-glass.
          </EmptyList>
        }
      />
    </ListPage>
  );
}

function Facets() {
  return (
    <>
      <Facet
        title="Permitted"
        words={['kind']}
        values={(['break-glass', 'counsel', 'council'] as const).map((kind) => ({ sets: { kind }, label: kindWords[kind], count: null }))}
      />
      <Facet title="State" words={['state']} values={[{ sets: { state: 'ended' }, label: 'Ended', count: null }]} />
    </>
  );
}

function columnsFor(mayTakeBack: boolean): readonly Column<LicenceExceptionRow>[] {
  return [
    {
      id: 'what',
      head: 'What',
      cell: (one) => (
        <span className="stack">
          <What one={one} />
          {one.licence !== null && one.package !== null && (
            <span className="faint micro">
              under <code>{one.licence}</code>
            </span>
          )}
        </span>
      ),
    },
    { id: 'where', head: 'Where', cell: (one) => <Where one={one} /> },
    {
      id: 'permitted',
      head: 'Permitted',
      sort: 'at',
      cell: (one) => (
        <span className="stack">
          <span>
            <span className="badge" data-tone={one.kind === 'break-glass' ? 'medium' : undefined}>
              {kindWords[one.kind]}
            </span>{' '}
            {one.council !== null && (
              <Link className="rows" href={`/council/${encodeURIComponent(one.council)}`}>
                {one.council}
              </Link>
            )}
          </span>
          <span className="faint micro">
            {one.by.name ?? one.by.id}, {day(one.at)}
          </span>
          {one.importedFrom !== null && (
            <Link
              className="micro"
              href={listHref('/approvals', { state: 'confirmed', source: one.importedFrom, package: one.package ?? undefined })}
            >
              said by {one.importedFrom}
            </Link>
          )}
        </span>
      ),
    },
    {
      id: 'until',
      head: 'Ends',
      sort: 'until',
      cell: (one) => (
        <span className={styles['until']}>
          <Ends until={one.until} />
          {mayTakeBack && one.council === null && one.changes !== null && <TakeBack exception={one} />}
        </span>
      ),
    },
    { id: 'changes', head: 'Changes now', cell: (one) => <Changes one={one} /> },
  ];
}

function What({ one }: { readonly one: LicenceExceptionRow }) {
  const rows = one.changes?.rowsQuery ?? '/licences';
  if (one.package === null)
    return (
      <Link data-row-link className="name" href={rows}>
        {one.licence === null ? 'whatever it uses' : <code>{one.licence}</code>}
      </Link>
    );
  return (
    <Link data-row-link className="name" href={packageHref(one.package)}>
      {one.package.replace(/^pkg:/, '')} {one.range ?? ''}
    </Link>
  );
}

function Where({ one }: { readonly one: LicenceExceptionRow }) {
  const parts = [
    one.component !== null && (
      <Link key="component" className="rows" href={componentHref(one.component)}>
        {one.componentName ?? one.component}
      </Link>
    ),
    one.team !== null && (
      <Link key="team" className="rows" href={listHref('/components', { team: one.team })}>
        {one.team}
      </Link>
    ),
    one.artifact !== null && <span key="artifact">{one.artifact}</span>,
    one.delivery !== null && <span key="delivery">{deliveryWords[one.delivery]}</span>,
  ].filter((each) => each !== false);
  return parts.length === 0 ? <span className="quiet">the whole firm</span> : <span className={styles['parts']}>{parts}</span>;
}

/** What the policy would say without it. */
function Changes({ one: { changes, verdict } }: { readonly one: LicenceExceptionRow }) {
  if (changes === null) return <span className="faint">ended</span>;
  if (changes.versions === 0) return <span className="faint">nothing in use</span>;
  return (
    <span className="stack">
      <span>
        <Link className="rows" href={changes.rowsQuery}>
          {counted(changes.versions, 'package version')}
        </Link>{' '}
        in {counted(changes.components, 'component')}
      </span>
      <span className={styles['parts']}>
        {policyVerdictsShown
          .filter((each) => changes.verdicts[each] > 0)
          .map((each) => (
            <span key={each}>
              {count(changes.verdicts[each])} <PolicyVerdict verdict={each} /> → <PolicyVerdict verdict={verdict} />
            </span>
          ))}
      </span>
    </span>
  );
}
