import { useQuery } from '@tanstack/react-query';
import { addressOf, ask } from '../../parts/api.ts';
import { Download } from '../../parts/download.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { KeyHints } from '../../parts/key-hints.tsx';
import { useKeys } from '../../parts/keys.ts';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import type { Search } from '../../parts/search-params.ts';
import { count, day } from '../../parts/words.ts';
import { Detail } from './detail.tsx';
import styles from './findings.module.css';
import { FindingRows } from './finding-rows.tsx';
import { useFindings } from './use-findings.ts';
import { Views } from './views.tsx';

const filterWords = {
  severity: 'severity',
  team: 'team',
  owner: 'owner',
  component: 'component',
  package: 'package',
  advisory: 'advisory',
  kev: 'kev',
  fixable: 'fixable',
  stale: 'stale',
  state: 'state',
  rule: 'rule',
} as const;

/** The desk: findings at the left, the open one with the chain it rests on at the right. */
export function Page() {
  const [search, change] = useSearchParams();
  const filters = filtersIn(search);
  const list = useFindings(filters);
  const findings = list.query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = search['id'] ?? findings[0]?.id;
  const at = findings.findIndex((finding) => finding.id === open);
  const move = (step: 1 | -1) => {
    const next = findings[at + step];
    if (next !== undefined) change({ id: next.id }, 'replace');
  };
  useKeys({ j: () => move(1), k: () => move(-1), Escape: () => change({ id: undefined }) });
  return (
    <div className={styles['page']}>
      <h1 className="hidden">Findings</h1>
      <Views />
      <div className={styles['panes']}>
        <section className={styles['list']} aria-label="List of findings">
          <div className={styles['tools']}>
            <QueryBar words={filterWords} placeholder="Filter findings" others={['sort', 'id', 'view']} />
            <SavedViews page="/findings" />
          </div>
          <Answered query={list.query} what="findings">
            {({ pages }) => (
              <>
                <div className={styles['count']} aria-live="polite">
                  <span>
                    <b>{count(pages[0]?.total ?? 0)}</b> {filters['state'] ?? 'open'}
                    {search['asOf'] !== undefined && ` on ${day(search['asOf'])}`}
                  </span>
                  <Order />
                  <Download what="findings" addressAs={(format) => addressOf('/v1/findings', {}, { ...filters, sort: search['sort'], format })} />
                </div>
                {findings.length === 0 ? (
                  <EmptyList title="No finding matches.">Read it together with the coverage above: what was not read has no findings.</EmptyList>
                ) : (
                  <FindingRows findings={findings} open={open} onMore={list.more} />
                )}
              </>
            )}
          </Answered>
        </section>
        {open !== undefined && <DetailPane id={open} place={at === -1 ? null : `${at + 1} of ${count(list.query.data?.pages[0]?.total ?? 0)}`} />}
      </div>
      <footer className={styles['foot']}>
        <KeyHints
          hints={[
            [['J', 'K'], 'next, previous'],
            [['/'], 'filter'],
            [['?'], 'all shortcuts'],
          ]}
        />
      </footer>
    </div>
  );
}

function DetailPane({ id, place }: { readonly id: string; readonly place: string | null }) {
  const [{ asOf }] = useSearchParams();
  const query = useQuery(ask('/v1/findings/:id', { id }, { asOf }));
  return (
    <section className={styles['detail']} aria-label="The open finding">
      <Answered query={query} what="the finding">
        {(finding) => (
          <>
            {asOf !== undefined && (
              <p className={styles['past']}>
                As it stood at the end of {day(asOf)}, as known now. Severity and owner are today’s; the path to it is told for now only.
              </p>
            )}
            <Detail finding={finding} place={place} />
          </>
        )}
      </Answered>
    </section>
  );
}

const orders = {
  severity: 'Most severe',
  '-opened': 'Newest',
  opened: 'Oldest',
  '-epss': 'Most likely exploited',
  component: 'Component',
  team: 'Team',
} as const;

function Order() {
  const [search, change] = useSearchParams();
  return (
    <label className={styles['order']}>
      <span className="hidden">Order</span>
      <select
        value={search['sort'] ?? 'severity'}
        onChange={(event) => change({ sort: event.target.value === 'severity' ? undefined : event.target.value })}
      >
        {Object.entries(orders).map(([sort, word]) => (
          <option key={sort} value={sort}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function filtersIn(search: Search): Search {
  return Object.fromEntries([...Object.keys(filterWords), 'q', 'asOf'].map((word) => [word, search[word]]));
}
