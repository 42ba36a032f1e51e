import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, useState } from 'react';
import type { FindingsOverTime } from '#server/schemas/finding.ts';
import type { Overview } from '#server/schemas/overview.ts';
import { ask } from '../../parts/api.ts';
import { Glyph, severitiesShown, severityWords, totalOf } from '../../parts/glyph.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered, Empty, Loading } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted, day } from '../../parts/words.ts';
import { labelPlaces } from './label-places.ts';
import styles from './over-time.module.css';

// The chart library is larger than all pages together; it comes when the page already stands.
const Chart = lazy(async () => ({ default: (await import('./over-time-chart.tsx')).OverTimeChart }));

const spans = { '26': '26 weeks', '520': 'Since the first look' } as const;
const chartHeight = 268;
const labelHeight = 20;
/** From the bottom of the stack to its top: the most severe stands on the axis, so that its trend is read against it. */
const stack = [...severitiesShown];

/** Open findings week by week, most severe at the base, with today's counts as labels that open their rows; or the same as a table. */
export function OverTime({ findings }: Pick<Overview, 'findings'>) {
  const [view, setView] = useState('chart');
  const [weeks, setWeeks] = useState<keyof typeof spans>('26');
  const [{ asOf }] = useSearchParams();
  const query = useQuery(ask('/v1/findings/over-time', {}, { weeks, asOf }));
  return (
    <Panel
      title="Open findings over time"
      about={
        asOf === undefined
          ? `${counted(totalOf(findings), 'open finding')} now; each week as known then`
          : `Each week until ${day(asOf)} as known then, which may differ from what is known now of that day`
      }
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Show findings over time as"
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
          value={view}
          onChange={setView}
        />
      }
      flush
      footer={
        <label className={styles['span']}>
          Period{' '}
          <select value={weeks} onChange={(event) => setWeeks(event.target.value as keyof typeof spans)}>
            {Object.entries(spans).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Answered query={query} what="findings over time" rows={6}>
        {({ points }) =>
          points.length === 0 ? (
            <Empty title="Nothing was read yet.">The first week appears after the first scan.</Empty>
          ) : view === 'table' ? (
            <OverTimeTable points={points} isNow={asOf === undefined} />
          ) : (
            <div className={styles['chart']}>
              <Suspense fallback={<Loading rows={6} />}>
                <Chart points={points} stack={stack} most={most(points)} height={chartHeight} />
              </Suspense>
              <Labels
                findings={asOf === undefined ? findings : (points.at(-1)?.findings ?? findings)}
                isNow={asOf === undefined}
                most={most(points)}
              />
            </div>
          )
        }
      </Answered>
    </Panel>
  );
}

/** The highest stack, which the chart's height stands for. */
function most(points: FindingsOverTime['points']): number {
  return Math.max(1, ...points.map((point) => totalOf(point.findings)));
}

/** The last counts beside the ends of their bands; they open their rows where these are of now. */
function Labels({ findings, isNow, most }: Pick<Overview, 'findings'> & { readonly isNow: boolean; readonly most: number }) {
  const places = labelPlaces(
    stack.map((severity) => findings[severity]),
    most,
    chartHeight,
    labelHeight,
  );
  return (
    <ul className={styles['labels']} style={{ height: chartHeight }}>
      {stack.map((severity, at) => (
        <li key={severity} style={{ top: (places[at] ?? 0) - labelHeight / 2 }} data-tone={severity}>
          <Glyph kind={severity} /> {severityWords[severity]}{' '}
          {findings[severity] === 0 ? (
            <span className="faint">0</span>
          ) : !isNow ? (
            <b className="name">{count(findings[severity])}</b>
          ) : (
            <Link className="rows name" href={listHref('/findings', { severity })}>
              {count(findings[severity])}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

function OverTimeTable({ points, isNow }: Pick<FindingsOverTime, 'points'> & { readonly isNow: boolean }) {
  return (
    <div className={styles['table']} tabIndex={0} role="region" aria-label="Open findings by week">
      <table className={table['table']}>
        <caption className="hidden">Open findings by week, newest first</caption>
        <thead>
          <tr>
            <th scope="col">At the start of</th>
            {severitiesShown.map((severity) => (
              <th key={severity} scope="col" className="number">
                {severityWords[severity]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point, row) => (
            <tr key={point.at}>
              <th scope="row">{row === 0 && isNow ? 'Now' : day(point.at)}</th>
              {severitiesShown.map((severity) => (
                <td key={severity} className="number">
                  {point.findings[severity] === 0 ? <span className="faint">0</span> : count(point.findings[severity])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
