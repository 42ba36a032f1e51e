import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { useSearchParams } from '../../parts/search-params.ts';
import styles from './changes.module.css';
import { lengths } from './span.ts';
import type { Span } from './span.ts';

/** Two days to compare, or a length that ends at the later one. */
export function SpanChoice({ span, today }: { readonly span: Span; readonly today: string }) {
  const [, change] = useSearchParams();
  const { data: estate } = useQuery(ask('/v1/estate'));
  return (
    <>
      <span className={styles['lengths']} role="group" aria-label="Length">
        {lengths.map(([days, name]) => (
          <button
            key={days}
            type="button"
            className="button"
            aria-pressed={span.days === days}
            onClick={() => change({ days: String(days), from: undefined })}
          >
            {name}
          </button>
        ))}
      </span>
      <label className="line">
        <span className="quiet">From</span>
        <input
          className="field"
          type="date"
          min={estate?.firstDay ?? undefined}
          max={span.to ?? today}
          value={span.from}
          onChange={(event) => event.target.value !== '' && change({ from: event.target.value, days: undefined })}
        />
      </label>
      <label className="line">
        <span className="quiet">to</span>
        <input
          className="field"
          type="date"
          min={span.from}
          max={today}
          value={span.to ?? today}
          onChange={(event) => event.target.value !== '' && change({ to: event.target.value, from: span.from, days: undefined })}
        />
      </label>
    </>
  );
}
