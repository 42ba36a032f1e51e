import { useEffect, useRef } from 'react';
import type { Finding } from '#server/schemas/finding.ts';
import { Age } from '../../parts/certainty.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import styles from './findings.module.css';

export type FindingRowsProps = {
  readonly findings: readonly Finding[];
  /** Id of the one that is open. */
  readonly open: string | undefined;
  /** Loads the next ones; null when all are there. */
  readonly onMore: (() => void) | null;
};

/** Findings as rows of two lines: severity, package and version, exploited or not; advisory, component, team, since when. */
export function FindingRows({ findings, open, onMore }: FindingRowsProps) {
  return (
    <ul className={styles['rows']}>
      {findings.map((finding) => (
        <Row key={finding.id} finding={finding} current={finding.id === open} />
      ))}
      {onMore !== null && (
        <li className={styles['more']}>
          <button type="button" className="button" data-size="small" onClick={onMore}>
            Show more
          </button>
        </li>
      )}
    </ul>
  );
}

function Row({ finding, current }: { readonly finding: Finding; readonly current: boolean }) {
  const [search] = useSearchParams();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li ref={row}>
      <Link className={styles['row']} href={listHref('/findings', { ...search, id: finding.id })} aria-current={current ? 'true' : undefined}>
        <Glyph kind={finding.severity} />
        <span className="stack">
          <span className="clip">
            <span className="hidden">{finding.severity}: </span>
            <PackageName name={finding.package?.name ?? finding.subject} brief /> <code>{finding.versions.join(', ') || 'version unknown'}</code>
          </span>
          <span className="faint micro clip">
            {finding.advisory?.ids[0] ?? finding.rule} · {finding.component.name}
          </span>
        </span>
        <span className={styles['aside']}>
          <span className="line">
            {finding.kev !== null && (
              <span className="badge" data-tone="critical">
                KEV
              </span>
            )}
            <Age at={finding.opened} stale={finding.staleSince !== null} />
          </span>
          <span className="micro clip">
            <TeamName team={finding.team} />
          </span>
        </span>
      </Link>
    </li>
  );
}
