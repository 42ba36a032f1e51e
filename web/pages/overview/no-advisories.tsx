import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Glyph } from '../../parts/glyph.tsx';
import styles from './overview.module.css';

/** Says that no findings means nothing while no advisory was ever received; nothing otherwise. */
export function NoAdvisories() {
  const query = useQuery(ask('/v1/sources', {}, { source: 'osv', limit: '200' }));
  if (query.data === undefined || query.data.items.some((source) => source.lastSuccess !== null)) return null;
  return (
    <p className={styles['notice']} role="status">
      <Glyph kind="watch" />
      <span>
        <b className="name">No advisory was received yet, so nothing can be said about vulnerabilities.</b> Fetch them with{' '}
        <code>npm run -s guildhall -- advisories sync</code>
      </span>
    </p>
  );
}
