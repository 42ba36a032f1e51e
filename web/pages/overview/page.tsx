import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Overview } from '#server/schemas/overview.ts';
import { ask } from '../../parts/api.ts';
import { FigureBlock } from '../../parts/figure-block.tsx';
import { Link } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { ReadingNow } from '../../parts/reading/reading.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { day, moment } from '../../parts/words.ts';
import { FindingLines } from './finding-lines.tsx';
import { FixLeverage } from './fix-leverage.tsx';
import { FirstRun } from './first-run.tsx';
import { NoAdvisories } from './no-advisories.tsx';
import { OverTime } from './over-time.tsx';
import styles from './overview.module.css';
import { RiskByTeam } from './risk-by-team.tsx';
import { Troubles } from './troubles.tsx';

const refreshMs = 30_000;
/** In an office that knows nothing yet, somebody waits for the first answers of a scan. */
const firstRefreshMs = 3000;

/** What we run, how sure we are, what needs us now: in that order from the top. In an office that knows nothing yet: how to begin. */
export function Page() {
  const [{ asOf }] = useSearchParams();
  const query = useQuery({
    ...ask('/v1/overview', {}, { asOf }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.teams.length === 0 ? firstRefreshMs : refreshMs),
  });
  const isEmpty = query.data?.teams.length === 0;
  return (
    <>
      <PageHead
        title={isEmpty ? 'Find out what you run' : 'Estate overview'}
        about={
          isEmpty
            ? 'Nothing was read yet. One command gives the first answers.'
            : asOf === undefined
              ? 'What we run, how sure we are, and what needs us now'
              : `What we ran at the end of ${day(asOf)}, as known now`
        }
        actions={query.data !== undefined && <span className="faint micro">computed {moment(query.data.generatedAt)} UTC</span>}
      />
      <Answered query={query} what="the overview">
        {(overview) => (
          <div className={styles['page']}>
            {asOf === undefined && <ReadingNow />}
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
  const [{ asOf }] = useSearchParams();
  return (
    <>
      <NoAdvisories />
      {asOf !== undefined && (
        <p className={styles['quiet']} role="note">
          Owners and severities are today’s. Sources are as they stand now. What to raise is told for now only, so it is left out.
        </p>
      )}
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
      {asOf === undefined && <FixLeverage />}
      <div className={styles['lower']}>
        <OverTime findings={overview.findings} />
        <Panel
          title={asOf === undefined ? 'Newest findings' : 'Newest exposures'}
          about={asOf === undefined ? 'By when both the use and the advisory were known' : 'By when both the use and the advisory were there'}
          flush
        >
          <FindingLines findings={overview.newest} show={asOf === undefined ? 'opened' : 'exposed'} />
        </Panel>
        <Troubles sources={overview.troubles} />
      </div>
    </>
  );
}
