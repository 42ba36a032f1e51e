import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, findingHref, listHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TimeLeft } from '../../parts/time-left.tsx';
import { TriageBadge } from '../../parts/triage-badge.tsx';
import { count } from '../../parts/words.ts';
import styles from './on-the-desk.module.css';

const shown = '8';

/** How the open findings of a package stand: what is due next, where, and the desk with all of them. */
export function OnTheDesk({ purl }: { readonly purl: string }) {
  const query = useQuery(ask('/v1/findings', {}, { package: purl, sort: 'risk', limit: shown }));
  const all = listHref('/findings', { package: purl });
  return (
    <Panel
      title="On the findings desk"
      about="Most urgent first"
      flush
      actions={
        <Link className="button" data-size="small" href={all}>
          Decide or assign
        </Link>
      }
      footer={
        query.data !== undefined && (
          <Link className="link" href={all}>
            All {count(query.data.total)} open
          </Link>
        )
      }
    >
      <Answered query={query} what="findings" rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing of it is open.">Read it together with the coverage.</Empty>
          ) : (
            <ul className={styles['lines']}>
              {items.map((finding) => (
                <li key={finding.id}>
                  <Glyph kind={finding.severity} />
                  <Link href={findingHref(finding.id)} className="stack">
                    <span className="name clip">
                      <span className="hidden">{finding.severity}: </span>
                      {finding.component.name} <code>{finding.versions.join(', ')}</code>
                    </span>
                    <span className="faint micro clip">
                      {finding.advisory?.ids[0] ?? finding.rule} · <TeamName team={finding.team} />
                    </span>
                  </Link>
                  <TriageBadge triage={finding.triage} />
                  <TimeLeft finding={finding} brief />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}
