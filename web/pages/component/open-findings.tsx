import { useQuery } from '@tanstack/react-query';
import type { ComponentDetail } from '#server/schemas/component.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Glyph, SeverityBar, SeverityNumbers, totalOf } from '../../parts/glyph.tsx';
import { Link, findingHref, listHref } from '../../parts/link.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { TimeLeft } from '../../parts/time-left.tsx';
import { TriageBadge } from '../../parts/triage-badge.tsx';
import { count } from '../../parts/words.ts';
import styles from './component.module.css';

/** A component's open findings: how many, how severe, the first five. */
export function OpenFindings({ component }: { readonly component: ComponentDetail }) {
  const [search] = useSearchParams();
  const query = useQuery(ask('/v1/findings', {}, { component: component.ref, sort: 'risk', limit: '5', asOf: search['asOf'] }));
  const counts = component.findings;
  if (counts === null) {
    return (
      <Panel
        title="Open findings"
        about={component.packages === null ? 'Nothing was read, so nothing can be said' : 'Findings of a component are for its team and for security'}
      >
        <Unknown>{component.packages === null ? 'Unknown' : 'Not shown to you'}</Unknown>
      </Panel>
    );
  }
  const all = listHref('/findings', { component: component.ref });
  return (
    <Panel
      title="Open findings"
      flush
      actions={
        search['asOf'] === undefined && (
          <Link className="button" data-size="small" href={all}>
            Decide or assign
          </Link>
        )
      }
      footer={
        <Link className="link" href={all}>
          Open on the findings desk
        </Link>
      }
    >
      <div style={{ padding: '0 14px 8px' }}>
        <div className={styles['big']}>
          <Link className="rows" href={all}>
            {count(totalOf(counts))}
          </Link>
          <small>open</small>
        </div>
        <SeverityBar counts={counts} />
        <div className={styles['split']}>
          <SeverityNumbers compact counts={counts} hrefOf={(severity) => listHref('/findings', { component: component.ref, severity })} />
        </div>
      </div>
      <Answered query={query} what="findings" rows={3}>
        {(list) => (
          <ul className={styles['lines']}>
            {list.items.map((finding) => (
              <li key={finding.id}>
                <Glyph kind={finding.severity} />
                <Link href={findingHref(finding.id)} className="stack">
                  <span className="name">
                    <span className="hidden">{finding.severity}: </span>
                    <PackageName name={finding.package?.name ?? finding.subject} brief /> <code>{finding.versions.join(', ')}</code>
                  </span>
                  <span className="faint micro">{finding.advisory?.ids[0] ?? finding.rule}</span>
                </Link>
                <TriageBadge triage={finding.triage} />
                <TimeLeft finding={finding} brief />
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Panel>
  );
}
