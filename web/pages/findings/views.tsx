import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { EstateCoverage } from '../../parts/estate-coverage.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import type { Search } from '../../parts/search-params.ts';
import { count } from '../../parts/words.ts';
import styles from './findings.module.css';

const views: readonly (readonly [title: string, words: Readonly<Record<string, string>>])[] = [
  ['All open', {}],
  ['Exploited', { kev: 'true' }],
  ['Critical and high', { severity: 'critical,high' }],
  ['Unknown severity', { severity: 'unknown' }],
  ['No owner', { owner: 'none' }],
  ['Stale', { stale: 'true' }],
  ['Closed', { state: 'closed' }],
];
const viewWords = ['kev', 'severity', 'owner', 'stale', 'state'];

/** Ready-made filters as tabs, each with its count, and how much of the estate they can speak for. */
export function Views() {
  const [search] = useSearchParams();
  return (
    <nav className={styles['views']} aria-label="Views">
      <ul>
        {views
          // Of a past day only what stood open then is known.
          .filter(([, words]) => search['asOf'] === undefined || words['state'] === undefined)
          .map(([title, words]) => (
            <View key={title} title={title} words={words} current={isCurrent(search, words)} />
          ))}
      </ul>
      <EstateCoverage />
    </nav>
  );
}

type ViewProps = { readonly title: string; readonly words: Readonly<Record<string, string>>; readonly current: boolean };

function View({ title, words, current }: ViewProps) {
  const [search] = useSearchParams();
  const query = useQuery(ask('/v1/findings', {}, { ...words, asOf: search['asOf'], limit: '1' }));
  return (
    <li>
      <Link href={listHref('/findings', words)} aria-current={current ? 'true' : undefined}>
        {title} <span className="faint micro">{query.data === undefined ? '' : count(query.data.total)}</span>
      </Link>
    </li>
  );
}

function isCurrent(search: Search, words: Readonly<Record<string, string>>): boolean {
  return viewWords.every((word) => search[word] === words[word]);
}
