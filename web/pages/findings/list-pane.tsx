import { addressOf } from '../../parts/api.ts';
import { Download } from '../../parts/download.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { SavedViews } from '../../parts/saved-views/saved-views.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import type { Search } from '../../parts/search-params.ts';
import { count, day } from '../../parts/words.ts';
import styles from './findings.module.css';
import { FindingRows } from './finding-rows.tsx';
import { NothingHere } from './nothing-here.tsx';
import { nothingSelected, selectedCount, toggled } from './selection.ts';
import type { Selection } from './selection.ts';
import type { useFindings } from './use-findings.ts';

/** What the filters of the desk are called, by search word. */
export const filterWords = {
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
  triage: 'state here',
  action: 'action',
  clock: 'clock',
  certainty: 'owner is',
  overdue: 'overdue',
  dueWithin: 'due in days',
  baseline: 'from the first look',
  assignee: 'with',
  mine: 'mine',
  openedFrom: 'opened from',
  openedUntil: 'opened until',
} as const;

/** The order when none is chosen. */
export const usualOrder = 'risk';

type ListPaneProps = {
  readonly list: ReturnType<typeof useFindings>;
  readonly filters: Search;
  readonly sort: string;
  readonly open: string | undefined;
  readonly focus: number;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
};

/** The findings that wait: filter, how many, in what order, and the rows. */
export function ListPane({ list, filters, sort, open, focus, selection, onSelect }: ListPaneProps) {
  const [search] = useSearchParams();
  const asOf = search['asOf'];
  const { findings } = list;
  const selected = selectedCount(selection);
  return (
    <section className={styles['list']} aria-label="List of findings">
      <div className={styles['tools']}>
        <QueryBar words={filterWords} placeholder="Filter findings" others={['sort', 'id', 'view']} />
        <SavedViews page="/findings" />
      </div>
      <div className={styles['count']}>
        <label className={styles['check']}>
          <input
            type="checkbox"
            aria-label="Select all that are loaded"
            checked={selected > 0}
            ref={(box) => {
              if (box !== null) box.indeterminate = selected > 0 && selected < findings.length;
            }}
            onChange={() => onSelect(selected > 0 ? nothingSelected : toggled(nothingSelected, findings))}
          />
        </label>
        <span aria-live="polite">
          {selected > 0 ? (
            <b>{count(selected)} selected</b>
          ) : (
            <>
              <b>{count(list.total)}</b> {filters['state'] ?? 'open'}
              {asOf !== undefined && ` on ${day(asOf)}`}
            </>
          )}
        </span>
        <Order sort={sort} />
        <Download what="findings" addressAs={(format) => addressOf('/v1/findings', {}, { ...filters, sort, format })} />
      </div>
      <Answered query={list.query} what="findings">
        {() =>
          findings.length === 0 ? (
            <NothingHere view={search['view']} />
          ) : (
            <FindingRows
              findings={findings}
              open={open}
              focus={focus}
              selection={selection}
              onToggle={(finding) => onSelect(toggled(selection, [finding]))}
              onMore={list.more}
            />
          )
        }
      </Answered>
    </section>
  );
}
const orders = {
  risk: 'Priority',
  due: 'Due',
  severity: 'Most severe',
  '-opened': 'Newest',
  opened: 'Oldest',
  '-epss': 'Most likely exploited',
  component: 'Component',
  package: 'Package',
  team: 'Team',
} as const;

function Order({ sort }: { readonly sort: string }) {
  const [, change] = useSearchParams();
  return (
    <label className={styles['order']}>
      <span className="hidden">Order</span>
      <select value={sort} onChange={(event) => change({ sort: event.target.value === usualOrder ? undefined : event.target.value })}>
        {Object.entries(orders).map(([each, word]) => (
          <option key={each} value={each}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
