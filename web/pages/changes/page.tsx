import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { QueryBar } from '../../parts/filters.tsx';
import { useNow } from '../../parts/now.ts';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { day } from '../../parts/words.ts';
import styles from './changes.module.css';
import { ChangeRows } from './change-rows.tsx';
import { SpanChoice } from './span-choice.tsx';
import { isLength, spanOf } from './span.ts';
import { Summary } from './summary.tsx';

const scopeWords = { component: 'component', team: 'team', owner: 'owner' } as const;
const rowWords = { kind: 'kind', what: 'what', cause: 'cause', severity: 'severity' } as const;

/** Two days compared: what appeared, went and has another version, and which findings opened and closed, why. */
export function Page() {
  const [search] = useSearchParams();
  const today = useNow().toISOString().slice(0, 10);
  const span = spanOf(search, today);
  const days = { from: span.from, to: span.to ?? undefined };
  const scope = { ...days, ...Object.fromEntries(Object.keys(scopeWords).map((word) => [word, search[word]])) };
  const filters = { ...scope, ...Object.fromEntries([...Object.keys(rowWords), 'q'].map((word) => [word, search[word]])) };
  const summary = useQuery(ask('/v1/changes', {}, { ...scope, limit: '1' }));
  return (
    <>
      <PageHead
        title="Changes"
        about={`From the end of ${day(span.from)} to ${span.to === null ? 'now' : `the end of ${day(span.to)}`}, both as known now, with today's owners`}
        actions={<SpanChoice span={span} today={today} />}
      />
      <div className={styles['page']}>
        <Answered query={summary} what="the comparison" rows={6}>
          {(list) => <Summary list={list} />}
        </Answered>
        <Panel title={search['what'] === 'not-observed' ? 'Not observed' : 'Every change'} flush>
          <div className={styles['bar']}>
            <QueryBar
              words={{ ...scopeWords, ...rowWords }}
              placeholder="Filter by package or component"
              others={['from', 'to', 'sort', 'columns', 'view', ...(isLength(search['days']) ? ['days'] : [])]}
            />
            <SavedViews page="/changes" />
          </div>
          <ChangeRows filters={filters} />
        </Panel>
      </div>
    </>
  );
}
