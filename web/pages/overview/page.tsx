import { useQuery } from '@tanstack/react-query';
import type { Overview } from '#server/schemas/overview.ts';
import { ask } from '../../parts/api.ts';
import { FigureBlock } from '../../parts/figure-block.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { Glyph, SeverityBar, severitiesShown, severityWords, totalOf } from '../../parts/glyph.tsx';
import { count, counted, moment } from '../../parts/words.ts';
import { FindingLines } from './finding-lines.tsx';
import styles from './overview.module.css';
import { RiskByTeam } from './risk-by-team.tsx';
import { Troubles } from './troubles.tsx';

/** What we run, how sure we are, what needs us now: in that order from the top. */
export function Page() {
  const query = useQuery(ask('/v1/overview'));
  return (
    <>
      <PageHead
        title="Estate overview"
        about="What we run, how sure we are, and what needs us now"
        actions={query.data !== undefined && <span className="faint micro">computed {moment(query.data.generatedAt)} UTC</span>}
      />
      <Answered query={query} what="the overview">
        {(overview) => <Blocks overview={overview} />}
      </Answered>
    </>
  );
}

function Blocks({ overview }: { readonly overview: Overview }) {
  return (
    <div className={styles['page']}>
      <div className={styles['strip']}>
        {overview.figures.map((figure) => (
          <FigureBlock key={figure.id} figure={figure} />
        ))}
      </div>
      <div className={styles['upper']}>
        <RiskByTeam teams={overview.teams} />
        <Panel
          title="Most urgent"
          about="Known exploited first, then the most severe"
          flush
          footer={
            <Link className="link" href="/findings">
              All open findings
            </Link>
          }
        >
          <FindingLines findings={overview.urgent} show="team" />
        </Panel>
      </div>
      <div className={styles['lower']}>
        <BySeverity findings={overview.findings} />
        <Panel title="Newest findings" about="By when both the use and the advisory were known" flush>
          <FindingLines findings={overview.newest} show="opened" />
        </Panel>
        <Troubles sources={overview.troubles} />
      </div>
    </div>
  );
}

function BySeverity({ findings }: Pick<Overview, 'findings'>) {
  return (
    <Panel title="Open findings by severity" about={`${counted(totalOf(findings), 'open finding')}; unknown may hide a high`}>
      <SeverityBar counts={findings} />
      <ul className={styles['severities']}>
        {severitiesShown.map((severity) => (
          <li key={severity}>
            <Glyph kind={severity} />
            <span>{severityWords[severity]}</span>
            {findings[severity] === 0 ? (
              <span className="faint">0</span>
            ) : (
              <Link className="rows name" href={listHref('/findings', { severity })}>
                {count(findings[severity])}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
