import { useSearchParams } from '../../parts/search-params.ts';
import styles from './decisions.module.css';

/** First and last day, UTC. */
export function Days() {
  const [search, change] = useSearchParams();
  return (
    <fieldset className={styles['days']}>
      <legend>Days (UTC)</legend>
      {(['from', 'until'] as const).map((word) => (
        <label key={word}>
          <span className="quiet">{word === 'from' ? 'First' : 'Last'}</span>
          <input
            type="date"
            value={search[word] ?? ''}
            onChange={(event) => change({ [word]: event.target.value === '' ? undefined : event.target.value })}
          />
        </label>
      ))}
    </fieldset>
  );
}
