import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { EstateCoverage } from '../../parts/estate-coverage.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count } from '../../parts/words.ts';
import { approvalsView, deskViews } from './desk-views.ts';
import type { DeskView } from './desk-views.ts';
import styles from './findings.module.css';

/** The cuts of the desk as tabs, each with its count, and how much of the estate they can speak for. Of a past day only what was open is known. */
export function ViewTabs() {
  const [search] = useSearchParams();
  const isPast = search['asOf'] !== undefined;
  return (
    <nav className={styles['views']} aria-label="Views">
      <ul>
        {deskViews
          .filter((view) => !isPast || view.id === 'all' || view.id === 'unknown')
          .map((view) => (
            <Tab key={view.id} view={view} />
          ))}
        {!isPast && <Approvals />}
      </ul>
      <EstateCoverage />
    </nav>
  );
}

function Tab({ view }: { readonly view: DeskView }) {
  const [search] = useSearchParams();
  const query = useQuery(ask('/v1/findings', {}, { ...view.words, asOf: search['asOf'], limit: '1' }));
  const isCurrent = (search['view'] ?? 'all') === view.id;
  return (
    <li>
      <Link href={listHref('/findings', view.id === 'all' ? {} : { view: view.id })} aria-current={isCurrent ? 'true' : undefined}>
        {view.title} <span className="faint micro">{query.data === undefined ? '' : count(query.data.total)}</span>
      </Link>
    </li>
  );
}

function Approvals() {
  const [search] = useSearchParams();
  const query = useQuery(ask('/v1/finding-decisions', {}, { standing: 'waiting', forMe: 'true', limit: '1' }));
  return (
    <li>
      <Link href={listHref('/findings', { view: approvalsView })} aria-current={search['view'] === approvalsView ? 'true' : undefined}>
        Waiting for my approval <span className="faint micro">{query.data === undefined ? '' : count(query.data.total)}</span>
      </Link>
    </li>
  );
}
