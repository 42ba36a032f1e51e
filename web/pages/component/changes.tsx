import { useQuery } from '@tanstack/react-query';
import type { ComponentDay } from '#server/schemas/past.ts';
import { ask } from '../../parts/api.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, listHref, packageHref, receiptHref } from '../../parts/link.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted, day, shortRevision } from '../../parts/words.ts';
import styles from './changes.module.css';

const fewDays = '6';
const manyDays = '200';

/** The days on which a component changed, newest first: packages that came, went or moved, findings that began and ended. */
export function Changes({ component }: { readonly component: string }) {
  const [search, change] = useSearchParams();
  const isLong = search['days'] === 'all';
  const query = useQuery(ask('/v1/components/:ref/past', { ref: component }, { limit: isLong ? manyDays : fewDays, asOf: search['asOf'] }));
  const total = query.data?.total ?? 0;
  return (
    <Panel
      title="What changed"
      about="By when it was true, as known now; newest first"
      flush
      footer={
        total > Number(fewDays) && (
          <>
            <span>
              {count(query.data?.days.length ?? 0)} of {counted(total, 'day')} with a change
            </span>
            <button
              type="button"
              className="button"
              data-size="small"
              aria-pressed={isLong}
              onClick={() => change({ days: isLong ? undefined : 'all' })}
            >
              {isLong ? 'Only the newest' : 'All days'}
            </button>
          </>
        )
      }
    >
      <Answered query={query} what="what changed" rows={4}>
        {({ days }) =>
          days.length === 0 ? (
            <Empty title="Nothing was observed by then." />
          ) : (
            <ol className={styles['days']}>
              {days.map((each) => (
                <Day key={each.day} component={component} one={each} />
              ))}
            </ol>
          )
        }
      </Answered>
    </Panel>
  );
}

function Day({ component, one }: { readonly component: string; readonly one: ComponentDay }) {
  const { appeared, gone, changed, opened, closed } = one.counts;
  const before = new Date(Date.parse(one.day) - 86_400_000).toISOString().slice(0, 10);
  const rows = (value: number, noun: string, search: Readonly<Record<string, string>>, many?: string) =>
    value > 0 && (
      <Link className="rows" href={listHref('/changes', { from: before, to: one.day, component, ...search })}>
        {counted(value, noun, many)}
      </Link>
    );
  return (
    <li className={styles['day']}>
      <div className={styles['head']}>
        <span className="name">{day(one.day)}</span>
        {one.observations.slice(0, 1).map((seen) => (
          <Link key={seen.receipt} className="faint micro" href={receiptHref(seen.receipt)} title="Open the receipt">
            {seen.source} {seen.revision !== null && <code>{shortRevision(seen.revision)}</code>}
          </Link>
        ))}
      </div>
      {one.isFirst && <p className="quiet">First observed, with {counted(one.inUse, 'package version')}</p>}
      <p className={styles['counts']}>
        {rows(appeared, 'package came', { kind: 'package', what: 'appeared' }, 'packages came')}
        {rows(gone, 'package went', { kind: 'package', what: 'gone' }, 'packages went')}
        {rows(changed, 'in another version', { kind: 'package', what: 'changed' }, 'in other versions')}
        {!one.isFirst && rows(opened, 'finding began', { kind: 'finding', what: 'appeared' }, 'findings began')}
        {one.isFirst && opened > 0 && <span>{counted(opened, 'finding')} from then on</span>}
        {rows(closed, 'finding ended', { kind: 'finding', what: 'gone' }, 'findings ended')}
      </p>
      <Details one={one} />
    </li>
  );
}

function Details({ one }: { readonly one: ComponentDay }) {
  const { appeared, gone, changed, opened, closed } = one.counts;
  const more = appeared + gone + changed - one.packages.length + opened - one.opened.length + closed - one.closed.length;
  if (one.packages.length + one.opened.length + one.closed.length === 0) return null;
  return (
    <details className={styles['details']}>
      <summary>Which</summary>
      <ul>
        {[...one.opened.map((each) => ({ ...each, began: true })), ...one.closed.map((each) => ({ ...each, began: false }))].map((each) => (
          <li key={`${each.purl} ${each.ids[0] ?? ''} ${String(each.began)}`}>
            <Glyph kind={each.began ? each.severity : 'ok'} />
            <span>
              {each.ids[0]} <span className="faint">{each.began ? 'began in' : 'ended in'}</span>{' '}
              <Link href={packageHref(each.purl)}>
                <PackageName name={each.name} brief />
              </Link>
            </span>
          </li>
        ))}
        {one.packages.map((each) => (
          <li key={`${each.purl} ${each.what}`}>
            <span className={styles['sign']} aria-hidden="true">
              {each.what === 'appeared' ? '+' : each.what === 'gone' ? '−' : '~'}
            </span>
            <span>
              <Link href={packageHref(each.purl)}>
                <PackageName name={each.name} brief />
              </Link>{' '}
              <code>{[each.before, each.after].flatMap((versions) => (versions.length === 0 ? [] : [versions.join(', ')])).join(' → ')}</code>
              <span className="hidden"> {each.what}</span>
            </span>
          </li>
        ))}
        {more > 0 && <li className="faint">and {count(more)} more; the numbers above open them all</li>}
      </ul>
    </details>
  );
}
