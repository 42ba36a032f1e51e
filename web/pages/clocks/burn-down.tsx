import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Clocks } from '#server/schemas/clocks.ts';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { count, day } from '../../parts/words.ts';
import styles from './clocks.module.css';

const height = 180;

/** How many were open week by week: with a clock at the base, what is left of the baseline above it, hatched. Or the same as a table. */
export function BurnDown({ points }: { readonly points: Clocks['burnDown'] }) {
  const [view, setView] = useState('chart');
  const last = points.at(-1);
  return (
    <Panel
      title="Burn-down"
      about={`Open each week, from intervals: ${count(last?.clocked ?? 0)} with a clock and ${count(last?.baseline ?? 0)} of the baseline now`}
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Show the burn-down as"
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
          value={view}
          onChange={setView}
        />
      }
    >
      {view === 'chart' ? <Chart points={points} /> : <Rows points={points} />}
    </Panel>
  );
}

function Chart({ points }: { readonly points: Clocks['burnDown'] }) {
  const most = Math.max(1, ...points.map(({ clocked, baseline }) => clocked + baseline));
  const first = points[0];
  return (
    <figure className={styles['chart']}>
      <div className={styles['bars']} style={{ height }} aria-hidden="true">
        {points.map(({ at, clocked, baseline }) => (
          <div key={at} title={`${day(at)}: ${count(clocked)} with a clock, ${count(baseline)} of the baseline`}>
            <i className={styles['baseline']} style={{ height: (baseline / most) * height }} />
            <i className={styles['clocked']} style={{ height: (clocked / most) * height }} />
          </div>
        ))}
      </div>
      <figcaption>
        <span>{first === undefined ? '' : day(first.at)}</span>
        <span>
          <i className={styles['clocked']} /> with a clock <i className={styles['baseline']} /> baseline, up to {count(most)}
        </span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}

function Rows({ points }: { readonly points: Clocks['burnDown'] }) {
  return (
    <div className={styles['rows']} tabIndex={0} role="region" aria-label="Burn-down by week">
      <table className={table['table']}>
        <caption className="hidden">Open findings by week, newest first</caption>
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col" className="number">
              With a clock
            </th>
            <th scope="col" className="number">
              Baseline
            </th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point, row) => (
            <tr key={point.at}>
              <th scope="row">{row === 0 ? 'Now' : day(point.at)}</th>
              <td className="number">{count(point.clocked)}</td>
              <td className="number">{count(point.baseline)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
