import { useQuery } from '@tanstack/react-query';
import type { Overview } from '#server/schemas/overview.ts';
import { ask } from '../../parts/api.ts';
import { FigureBlock } from '../../parts/figure-block.tsx';
import { Link } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { moment } from '../../parts/words.ts';
import { FindingLines } from './finding-lines.tsx';
import { FixLeverage } from './fix-leverage.tsx';
import { FirstRun } from './first-run.tsx';
import { NoAdvisories } from './no-advisories.tsx';
import { OverTime } from './over-time.tsx';
import styles from './overview.module.css';
import { RiskByTeam } from './risk-by-team.tsx';
import { Troubles } from './troubles.tsx';

const refreshMs = 30_000;

/** What we run, how sure we are, what needs us now: in that order from the top. In an office that knows nothing yet: how to begin. */
export function Page() {
  const query = useQuery({ ...ask('/v1/overview'), refetchInterval: refreshMs });
  const isEmpty = query.data?.teams.length === 0;
  return (
    <>
      <PageHead
        title={isEmpty ? 'Find out what you run' : 'Estate overview'}
        about={isEmpty ? 'Nothing was read yet. One command gives the first answers.' : 'What we run, how sure we are, and what needs us now'}
        actions={query.data !== undefined && <span className="faint micro">computed {moment(query.data.generatedAt)} UTC</span>}
      />
      <Answered query={query} what="the overview">
        {(overview) => (
          <div className={styles['page']}>
            {isEmpty && <FirstRun />}
            <div className={styles['strip']}>
              {overview.figures.map((figure) => (
                <FigureBlock key={figure.id} figure={figure} />
              ))}
            </div>
            {isEmpty ? overview.troubles.length > 0 && <Troubles sources={overview.troubles} /> : <Blocks overview={overview} />}
          </div>
        )}
      </Answered>
    </>
  );
}

function Blocks({ overview }: { readonly overview: Overview }) {
  return (
    <>
      <NoAdvisories />
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
      <FixLeverage />
      <div className={styles['lower']}>
        <OverTime findings={overview.findings} />
        <Panel title="Newest findings" about="By when both the use and the advisory were known" flush>
          <FindingLines findings={overview.newest} show="opened" />
        </Panel>
        <Troubles sources={overview.troubles} />
      </div>
    </>
  );
}
