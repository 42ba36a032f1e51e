import type { ReleasedVersion } from '#server/schemas/registry.ts';
import { day } from '../../parts/words.ts';
import styles from './registry.module.css';

const [width, height] = [1000, 34];

/** Releases along the years: a tick each, those in use as dots. The table below says the same in words. */
export function ReleaseLine({ versions }: { readonly versions: readonly ReleasedVersion[] }) {
  const dated = versions.flatMap((each) => (each.released === null ? [] : [{ ...each, at: Date.parse(each.released) }]));
  const [from, until] = [Math.min(...dated.map((each) => each.at)), Math.max(...dated.map((each) => each.at))];
  const [first, last] = [dated.at(-1), dated[0]];
  if (dated.length < 2 || from === until || first === undefined || last === undefined) return null;
  const x = (at: number): number => 10 + ((at - from) / (until - from)) * (width - 20);
  const used = dated.filter((each) => each.inUse);
  return (
    <figure className={styles['line']}>
      <svg viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="none" aria-hidden="true">
        <line className={styles['axis']} x1={0} x2={width} y1={height / 2} y2={height / 2} />
        {dated.map((each) => (
          <line
            key={each.version}
            className={styles['tick']}
            data-warned={each.warning === null ? undefined : true}
            x1={x(each.at)}
            x2={x(each.at)}
            y1={each.inUse ? 4 : 10}
            y2={each.inUse ? height - 4 : height - 10}
            data-used={each.inUse ? true : undefined}
          />
        ))}
      </svg>
      <figcaption>
        <span>{day(new Date(from).toISOString())}</span>
        <span>{used.length === 0 ? 'None of the dated versions is in use.' : `In use: ${used.map((each) => each.version).join(', ')}`}</span>
        <span>{day(new Date(until).toISOString())}</span>
      </figcaption>
    </figure>
  );
}
