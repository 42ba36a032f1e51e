import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PackagePast } from '#server/schemas/past.ts';
import { ask } from '../../parts/api.ts';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, day, percent } from '../../parts/words.ts';
import { marksOf, pointsDrawn, placeOf } from './past-points.ts';
import type { Point } from './past-points.ts';
import styles from './past.module.css';

const spans = { '13': '90 d', '52': '1 y', '2600': 'Since first read' } as const;

/** How many components used the package and were hit, week by week; the handle chooses the day that every page shows. */
export function Past({ purl }: { readonly purl: string }) {
  const [{ asOf }] = useSearchParams();
  const [weeks, setWeeks] = useState<keyof typeof spans>('2600');
  const [view, setView] = useState('chart');
  const query = useQuery(ask('/v1/packages/:purl/past', { purl }, { weeks }));
  return (
    <Panel
      title={`As of ${asOf === undefined ? 'now' : day(asOf)}`}
      about={query.data === undefined ? 'Components that use it, week by week' : <Compared past={query.data} purl={purl} />}
      actions={
        <>
          <span className={`${styles['hint']} line`}>
            <kbd>[</kbd>
            <kbd>]</kbd> one week
          </span>
          <SegmentedControl
            size="xs"
            aria-label="Period"
            data={Object.entries(spans).map(([value, label]) => ({ value, label }))}
            value={weeks}
            onChange={(value) => setWeeks(value as keyof typeof spans)}
          />
          <SegmentedControl
            size="xs"
            aria-label="Show the past as"
            data={['chart', 'table'].map((value) => ({ value, label: value === 'chart' ? 'Chart' : 'Table' }))}
            value={view}
            onChange={setView}
          />
        </>
      }
      flush
      footer={<Legend />}
    >
      <Answered query={query} what="its past" rows={4}>
        {(past) => (view === 'table' ? <PastTable points={past.points} known={past.known} /> : <Strip past={past} />)}
      </Answered>
    </Panel>
  );
}

const comparisons = [
  ['7', 'a week'],
  ['28', 'four weeks'],
  ['91', 'a quarter'],
  ['365', 'a year'],
] as const;

/** The day shown against an earlier one, and the way to all that changed between the two. */
function Compared({ past, purl }: { readonly past: PackagePast; readonly purl: string }) {
  const [{ asOf }] = useSearchParams();
  const [days, setDays] = useState('91');
  const last = past.points.at(-1)?.day ?? '';
  const shown = asOf ?? last;
  const before = new Date(Date.parse(shown) - Number(days) * 86_400_000).toISOString().slice(0, 10);
  const [then, now] = [placeOf(past.points, before), placeOf(past.points, shown)];
  const old = past.points[then];
  return (
    <span className="line">
      <label>
        compared with{' '}
        <select className={styles['days']} value={days} onChange={(event) => setDays(event.target.value)}>
          {comparisons.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>{' '}
        before
      </label>
      <span>
        affected {old === undefined || old.day > before ? 'not observed' : count(old.affected)} → {count(past.points[now]?.affected ?? 0)}
      </span>
      <Link className="link" href={listHref('/changes', { from: before, to: asOf, q: nameIn(purl) })}>
        What changed
      </Link>
    </span>
  );
}

/** The last part of a purl: what lists are searched by. */
function nameIn(purl: string): string {
  return decodeURIComponent(purl.split('/').at(-1) ?? '');
}

function Strip({ past }: { readonly past: PackagePast }) {
  const [{ asOf }, change] = useSearchParams();
  const points = pointsDrawn(past.points);
  const most = Math.max(1, ...points.map((point) => point.affected + point.clear + point.unknown));
  const last = points.length - 1;
  const at = asOf === undefined ? last : placeOf(points, asOf);
  const [chosen, setChosen] = useState<number | null>(null);
  const show = (place: number) => change({ asOf: place >= last ? undefined : points[place]?.day });
  const settle = () => {
    if (chosen !== null) show(chosen);
    setChosen(null);
  };
  const place = chosen ?? at;
  return (
    <div className={styles['strip']}>
      <ul className={styles['events']}>
        {marksOf(points, past.events).map((mark) => (
          <li key={`${mark.left} ${mark.words}`} style={{ left: `${mark.left}%` }} data-end={mark.left > 85 || undefined} title={mark.title}>
            <span className="clip">{mark.words}</span>
          </li>
        ))}
      </ul>
      <div className={styles['bars']} aria-hidden="true">
        {points.map((point, index) => (
          <div
            key={point.day}
            className={styles['week']}
            data-on={index === place || undefined}
            title={titleOf(point, past.known)}
            onClick={() => show(index)}
          >
            <i data-part="unknown" style={{ height: `${(point.unknown / most) * 100}%` }} />
            <i data-part="clear" style={{ height: `${(point.clear / most) * 100}%` }} />
            <i data-part="affected" style={{ height: `${(point.affected / most) * 100}%` }} />
          </div>
        ))}
      </div>
      <input
        className={styles['slider']}
        type="range"
        aria-label="Day to show"
        min={0}
        max={Math.max(0, last)}
        value={place}
        aria-valuetext={titleOf(points[place], past.known)}
        onChange={(event) => setChosen(Number(event.target.value))}
        onPointerUp={settle}
        onKeyUp={settle}
        onBlur={settle}
      />
      <div className={styles['axis']}>
        <span>{day(points[0]?.day ?? '')}</span>
        <span aria-live="polite">{titleOf(points[place], past.known)}</span>
        <span>now</span>
      </div>
    </div>
  );
}

function titleOf(point: Point | undefined, known: number): string {
  if (point === undefined) return '';
  const { affected, clear, unknown, observed } = point;
  return `${day(point.day)}: ${count(affected)} affected, ${count(clear)} clear, ${count(unknown)} unknown; ${count(observed)} of ${count(known)} components observed`;
}

function PastTable({ points, known }: { readonly points: readonly Point[]; readonly known: number }) {
  return (
    <div className={styles['table']} tabIndex={0} role="region" aria-label="Components by week">
      <table className={table['table']}>
        <caption className="hidden">Components that use it by week, newest first</caption>
        <thead>
          <tr>
            <th scope="col">At the end of</th>
            {['Affected', 'Clear', 'Unknown', 'Observed by then'].map((head) => (
              <th key={head} scope="col" className="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.day}>
              <th scope="row">
                <Link className="rows" href={`${location.pathname}?asOf=${point.day}`}>
                  {day(point.day)}
                </Link>
              </th>
              {[point.affected, point.clear, point.unknown].map((value, index) => (
                <td key={index} className="number">
                  {value === 0 ? <span className="faint">0</span> : count(value)}
                </td>
              ))}
              <td className="number quiet">{known === 0 ? 'unknown' : percent(point.observed / known)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Legend() {
  return (
    <>
      <span className={styles['legend']}>
        <i data-part="affected" /> affected
        <i data-part="clear" /> clear
        <i data-part="unknown" /> version not known
      </span>
      <span title="A component counts as affected on a day when it used a version that an advisory published by then names, by the ranges the advisory has today. Days are UTC, as known now.">
        As known now about then; ranges are today’s
      </span>
    </>
  );
}
