import { useQuery } from '@tanstack/react-query';
import type { LicenceList } from '#server/schemas/licence.ts';
import { ask } from '../../parts/api.ts';
import { Facet, QueryBar, type FacetValue } from '../../parts/filters.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { PolicyVerdict, policyVerdictsShown } from '../../parts/policy-verdict.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted, percent } from '../../parts/words.ts';
import { Licences } from './licences.tsx';
import styles from './licences.module.css';
import { Versions } from './versions.tsx';

const filterWords = { licence: 'licence', state: 'state', category: 'category', verdict: 'verdict', exception: 'exception' } as const;

/** Licences in use by what is known of them; with a licence or a state chosen, its package versions. */
export function Page() {
  const [search] = useSearchParams();
  const summary = useQuery(ask('/v1/licences', {}, { limit: '1' }));
  const isOfVersions = search['licence'] !== undefined || search['state'] !== undefined || search['of'] === 'versions';
  return (
    <ListPage
      title="Licences"
      facets={<Facets list={summary.data} />}
      bar={
        <QueryBar
          words={filterWords}
          placeholder={isOfVersions ? 'Filter package versions by name' : 'Filter licences by name'}
          others={['sort', 'of', 'columns']}
        />
      }
      line={summary.data !== undefined && <Coverage list={summary.data} />}
    >
      {isOfVersions ? <Versions search={search} /> : <Licences search={search} />}
    </ListPage>
  );
}

/** What is unknown first: it is what somebody has to do something about. */
function Coverage({ list: { coverage, policy, isBuiltIn } }: { readonly list: LicenceList }) {
  const unknown = coverage.versions - coverage.known;
  return (
    <span className={styles['coverage']}>
      <span>
        <Link className="rows" href={listHref('/licences', { licence: 'unknown' })}>
          <b>{count(unknown)}</b>
        </Link>{' '}
        of {counted(coverage.versions, 'package version')} without a known licence
        {coverage.versions > 0 && ` (${percent(coverage.known / coverage.versions)} known)`}
      </span>
      <span>
        {counted(coverage.declared, 'component')} of {count(coverage.components)} say how they are delivered
      </span>
      <span>
        policy verdict under{' '}
        <Link className="rows" href="/ip-policy">
          {policy}
        </Link>
        {isBuiltIn && ', built in: nobody of counsel has approved it'}
      </span>
    </span>
  );
}

function Facets({ list }: { readonly list: LicenceList | undefined }) {
  if (list === undefined) return null;
  const states: readonly FacetValue[] = [
    { sets: { state: 'silent' }, label: 'Nobody says a licence', count: list.coverage.silent, unknown: true },
    { sets: { state: 'unread' }, label: 'Said, but no expression', count: list.coverage.unread, unknown: true },
    { sets: { state: 'disputed' }, label: 'Sources differ', count: list.coverage.disputed },
    { sets: { state: 'found-otherwise' }, label: 'Declared and found differ', count: list.coverage.foundOtherwise },
    { sets: { state: 'concluded' }, label: 'Concluded by counsel', count: list.coverage.concluded },
  ];
  return (
    <>
      <Facet title="What is known" words={['state']} values={states} />
      <Facet
        title="Worst verdict"
        words={['verdict', 'of']}
        values={policyVerdictsShown.map((verdict) => ({
          sets: { verdict, of: 'versions' },
          label: <PolicyVerdict verdict={verdict} />,
          count: list.verdicts[verdict],
        }))}
      />
      <Facet
        title="Category"
        words={['category', 'of']}
        values={list.categories
          .filter((each) => each.versions > 0)
          .map(({ id, title, versions }) => ({
            sets: { category: id ?? 'none', of: 'versions' },
            label: title,
            count: versions,
            unknown: id === null,
          }))}
      />
    </>
  );
}
