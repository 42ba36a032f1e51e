import type { Finding } from '#server/schemas/finding.ts';
import { Age } from '../../parts/certainty.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, findingHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { day } from '../../parts/words.ts';
import styles from './overview.module.css';

/** Findings as lines of two: package and versions, advisory and component; at the right its team, or since when it is open or the component exposed. */
export function FindingLines({ findings, show }: { readonly findings: readonly Finding[]; readonly show: 'team' | 'opened' | 'exposed' }) {
  if (findings.length === 0) return <Empty title="No open finding.">Read it together with the coverage above.</Empty>;
  return (
    <ul className={styles['lines']}>
      {findings.map((finding) => (
        <li key={finding.id}>
          <Glyph kind={finding.severity} />
          <Link href={findingHref(finding.id)} className="stack">
            <span className="clip">
              <span className="hidden">{finding.severity}: </span>
              <PackageName name={finding.package?.name ?? finding.subject} brief /> <code>{finding.versions.join(', ') || 'version unknown'}</code>
              {finding.kev !== null && (
                <span className="badge" data-tone="critical">
                  KEV
                </span>
              )}
            </span>
            <span className="faint micro clip">
              {finding.advisory?.ids[0] ?? finding.rule} · {finding.component.name}
            </span>
          </Link>
          <span className={styles['aside']}>
            {show === 'team' && <TeamName team={finding.team} />}
            {show === 'opened' && <Age at={finding.opened} stale={finding.staleSince !== null} />}
            {show === 'exposed' && day(finding.exposure.from)}
          </span>
        </li>
      ))}
    </ul>
  );
}
