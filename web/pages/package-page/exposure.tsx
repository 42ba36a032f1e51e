import { useQuery } from '@tanstack/react-query';
import type { Exposure, ExposureList } from '#server/schemas/exposure.ts';
import type { PackageDetail } from '#server/schemas/package.ts';
import { addressOf, ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Download } from '../../parts/download.tsx';
import { Link, componentHref, receiptHref } from '../../parts/link.tsx';
import { useNow } from '../../parts/now.ts';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import { counted, day, shortRevision } from '../../parts/words.ts';
import styles from './exposure.module.css';

const rowsShown = 50;
const dayMs = 86_400_000;

/** When each component was exposed to one advisory of the package, until when, and what ended it: the advisory chosen in the ladder, else the first. */
export function ExposureOverTime({ one }: { readonly one: PackageDetail }) {
  const [search, change] = useSearchParams();
  const chosen = one.advisories.find((advisory) => advisory.key === search['advisory']) ?? one.advisories[0];
  const words = { advisory: chosen?.key ?? '', package: one.purl, asOf: search['asOf'], sort: '-until' };
  const query = useQuery({ ...ask('/v1/exposures', {}, { ...words, limit: String(rowsShown) }), enabled: chosen !== undefined });
  if (chosen === undefined) return null;
  return (
    <Panel
      title="Exposure over time"
      about={query.data === undefined ? undefined : <About list={query.data} asOf={search['asOf']} />}
      actions={
        <label className="line">
          Advisory{' '}
          <select className="field" value={chosen.key} onChange={(event) => change({ advisory: event.target.value })}>
            {one.advisories.map((advisory) => (
              <option key={advisory.key} value={advisory.key}>
                {advisory.ids[0] ?? advisory.key}
              </option>
            ))}
          </select>
        </label>
      }
      flush
      footer={
        <>
          <span className="faint">
            {query.data !== undefined && query.data.total > rowsShown
              ? `The ${rowsShown} latest of ${query.data.total}; the download has all.`
              : 'Days are UTC, from the day of publication at the earliest.'}
          </span>
          <Download what="exposures" addressAs={(format) => addressOf('/v1/exposures', {}, { ...words, format })} />
        </>
      }
    >
      <Answered query={query} what="the exposure">
        {(list) => (list.items.length === 0 ? <Nobody asOf={search['asOf']} /> : <Rows list={list} />)}
      </Answered>
    </Panel>
  );
}

function About({ list, asOf }: { readonly list: ExposureList; readonly asOf: string | undefined }) {
  const { exposed, still, perhaps } = list.components;
  return (
    <>
      {counted(exposed, 'component')} {asOf === undefined ? 'were' : `on ${day(asOf)}`} exposed to {list.advisory.ids[0] ?? list.advisory.key},{' '}
      {still} still {still === 1 ? 'is' : 'are'}
      {perhaps > 0 && ` · ${perhaps} perhaps, with no version known`}
      {list.notObserved > 0 && ` · ${counted(list.notObserved, 'component')} not observed by then`}
    </>
  );
}

function Nobody({ asOf }: { readonly asOf: string | undefined }) {
  return (
    <Empty title={`Nobody was exposed${asOf === undefined ? '' : ` on ${day(asOf)}`} in what was read.`}>
      Mind what was not read, and how far back.
    </Empty>
  );
}

function Rows({ list }: { readonly list: ExposureList }) {
  const now = useNow();
  const first = Math.min(...list.items.map((each) => Date.parse(each.from)));
  const span = { first, days: Math.max(1, (now.getTime() - first) / dayMs) };
  return (
    <div className={styles['scroll']}>
      <table className={table['table']}>
        <caption className="hidden">Exposure over time by component</caption>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">By</th>
            <th scope="col" className={styles['time']}>
              <span className="line">
                <span>{day(new Date(first).toISOString())}</span>
                <span className={styles['now']}>now</span>
              </span>
            </th>
            <th scope="col">Exposed from</th>
            <th scope="col">Until</th>
            <th scope="col" className="number">
              Days
            </th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {list.items.map((each) => (
            <Row key={`${each.component.ref} ${each.certainty} ${each.from}`} row={each} span={span} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Span = { readonly first: number; readonly days: number };

function Row({ row, span }: { readonly row: Exposure; readonly span: Span }) {
  const left = (Date.parse(row.from) - span.first) / dayMs / span.days;
  const width = Math.min(1 - left, row.days / span.days);
  return (
    <tr>
      <th scope="row">
        <Link className="name" href={componentHref(row.component.ref)}>
          {row.component.name}
        </Link>
      </th>
      <td>
        {row.certainty === 'unknown' ? (
          <Unknown why="No version is known, so it may have been exposed">{row.versions.join(', ')}</Unknown>
        ) : (
          <code>{row.versions.join(', ')}</code>
        )}
      </td>
      <td className={styles['time']}>
        <span
          className={styles['bar']}
          data-certainty={row.certainty}
          data-over={row.until !== null || undefined}
          style={{ marginLeft: `${left * 100}%`, width: `${Math.max(0.5, width * 100)}%` }}
          aria-hidden="true"
        />
      </td>
      <td title={`In use since ${day(row.usedFrom)}`}>{day(row.from)}</td>
      <td>{row.until === null ? 'still exposed' : day(row.until)}</td>
      <td className="number">{row.days}</td>
      <td>
        <Then row={row} />
      </td>
    </tr>
  );
}

function Then({ row }: { readonly row: Exposure }) {
  if (row.after === null) return <span className="faint">goes on</span>;
  return (
    <span className="line">
      {row.after.length === 0 ? <span>no longer used</span> : <code>{row.after.join(', ')}</code>}
      {row.endedBy !== null && (
        <Link className="rows" href={receiptHref(row.endedBy.receipt)}>
          {row.endedBy.revision === null ? 'seen here' : shortRevision(row.endedBy.revision)}
        </Link>
      )}
    </span>
  );
}
