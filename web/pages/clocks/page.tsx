import { useQuery } from '@tanstack/react-query';
import type { Clocks } from '#server/schemas/clocks.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted, day, percent } from '../../parts/words.ts';
import { BurnDown } from './burn-down.tsx';
import styles from './clocks.module.css';

/** Clocks of findings: how many run and are late, how old they are, whether they become less, and how each team keeps them. */
export function Page() {
  const [{ team }] = useSearchParams();
  const query = useQuery(ask('/v1/clocks', {}, { team }));
  return (
    <div className="page">
      <PageHead
        title="SLA"
        about={
          team === undefined
            ? 'Findings with a clock. What was there at the first look is planned instead, and what was decided so has none.'
            : `Findings of ${team} with a clock`
        }
      />
      <Answered query={query} what="clocks" rows={8}>
        {(clocks) => (
          <>
            <Figures clocks={clocks} />
            <div className={styles['halves']}>
              <BurnDown points={clocks.burnDown} />
              <Ageing clocks={clocks} />
            </div>
            <Teams clocks={clocks} />
            {clocks.plans.length > 0 && <Plans plans={clocks.plans} />}
          </>
        )}
      </Answered>
    </div>
  );
}

const figures = [
  ['overdue', 'Overdue', 'due before now'],
  ['dueSoon', 'Due in 7 days', 'and not overdue'],
  ['running', 'Clock runs', 'known, not fixed where it is deployed'],
  ['paused', 'Paused', 'by a workaround or a hold with an end'],
  ['question', 'Owner asked', 'the owner is a guess: no clock until they answer'],
  ['baseline', 'Baseline', 'there at the first look: planned by week'],
  ['metric', 'Counted only', 'no clock in the policy'],
] as const;

function Figures({ clocks }: { readonly clocks: Clocks }) {
  return (
    <dl className={styles['figures']}>
      {figures.map(([name, label, about]) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd data-tone={name === 'overdue' && clocks.overdue.count > 0 ? 'critical' : undefined}>
            <Counted {...clocks[name]} />
          </dd>
          <dd className={styles['about']}>{about}</dd>
        </div>
      ))}
      <div>
        <dt>Days to close (MTTR)</dt>
        <dd>
          <DaysToClose days={clocks.daysToClose} rowsQuery={clocks.closed.rowsQuery} />
        </dd>
        <dd className={styles['about']}>mean of {counted(clocks.closed.count, 'finding')} closed in 90 days</dd>
      </div>
    </dl>
  );
}

/** Mean days from known to closed, with the rows that it is the mean of. */
function DaysToClose({ days, rowsQuery }: { readonly days: number | null; readonly rowsQuery: string }) {
  if (days === null) return <Unknown why="Nothing with a clock was closed in 90 days">unknown</Unknown>;
  return (
    <Link className="rows" href={rowsQuery}>
      {days.toFixed(1)}
    </Link>
  );
}

function Counted({ count: number, rowsQuery }: Clocks['overdue']) {
  if (number === 0) return <span className="faint">0</span>;
  return (
    <Link className="rows" href={rowsQuery}>
      {count(number)}
    </Link>
  );
}

function Ageing({ clocks: { ageing } }: { readonly clocks: Clocks }) {
  return (
    <Panel title="How long they have been known" about="Open findings with a clock, by days since both use and advisory were known" flush>
      <table className={table['table']}>
        <caption className="hidden">Open findings with a clock by age</caption>
        <thead>
          <tr>
            <th scope="col">Known for</th>
            <th scope="col" className="number">
              Act
            </th>
            <th scope="col" className="number">
              Attend
            </th>
            <th scope="col" className="number">
              Together
            </th>
          </tr>
        </thead>
        <tbody>
          {ageing.map((bucket) => (
            <tr key={bucket.from}>
              <th scope="row">
                {bucket.until === null ? `${count(bucket.from)} days and more` : `${count(bucket.from)} to ${count(bucket.until - 1)} days`}
              </th>
              <td className="number">{count(bucket.act)}</td>
              <td className="number">{count(bucket.attend)}</td>
              <td className="number">
                <Counted count={bucket.act + bucket.attend + bucket.track} rowsQuery={bucket.rowsQuery} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Teams({ clocks: { teams, excluded } }: { readonly clocks: Clocks }) {
  const left = excluded.retracted + excluded.withdrawn;
  return (
    <Panel
      title="How each team keeps them"
      about="Attainment: of what was closed or became due in the last 90 days, the share closed in time"
      footer={`Not counted: the baseline, and ${count(left)} closed because a reading was retracted, an advisory withdrawn or corrected, or the component retired.`}
      flush
    >
      {teams.length === 0 ? (
        <Empty title="No clock runs or ran.">Findings that ask for an act get one when they come up after the first look.</Empty>
      ) : (
        <div className={styles['wide']} tabIndex={0} role="region" aria-label="Clocks by team">
          <table className={table['table']}>
            <caption className="hidden">Clocks by team, those with most overdue first</caption>
            <thead>
              <tr>
                <th scope="col">Team</th>
                {['Clock runs', 'Overdue', 'Due in 7 days', 'Will be late', 'Closed in 90 days', 'Days to close', 'Attainment', 'Baseline left'].map(
                  (head) => (
                    <th key={head} scope="col" className="number">
                      {head}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {teams.map((each) => (
                <TeamRow key={each.team ?? ''} team={each} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

/** What was there at the first look, dated: no clock and no mail, but a week for each upgrade. */
function Plans({ plans }: Pick<Clocks, 'plans'>) {
  return (
    <div className={styles['plans']}>
      <Panel
        title="The plan of what was there at the first look"
        about="No clock runs and no mail is sent for these. Each upgrade has a week, the most urgent first; what is done moves nothing."
        flush
      >
        <div className={styles['wide']} tabIndex={0} role="region" aria-label="Plan by team">
          <table className={table['table']}>
            <caption className="hidden">Upgrades planned by team</caption>
            <thead>
              <tr>
                <th scope="col">Team</th>
                {['Findings', 'Upgrades', 'Made', 'A week', 'First by', 'All by'].map((head) => (
                  <th key={head} scope="col" className="number">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {plans.map((plan) => (
                <tr key={plan.team ?? ''}>
                  <th scope="row">{plan.team === null ? <Unknown>No owner</Unknown> : <TeamName team={plan.team} />}</th>
                  <td className="number">
                    <Counted count={plan.findings} rowsQuery={plan.rowsQuery} />
                  </td>
                  <td className="number">{count(plan.upgrades)}</td>
                  <td className="number">{count(plan.done)}</td>
                  <td className="number">{count(plan.perWeek)}</td>
                  <td className="number">{day(plan.from)}</td>
                  <td className="number">{day(plan.until)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </div>
  );
}

function TeamRow({ team }: { readonly team: Clocks['teams'][number] }) {
  return (
    <tr>
      <th scope="row">{team.team === null ? <Unknown>No owner</Unknown> : <TeamName team={team.team} />}</th>
      <td className="number">
        <Counted count={team.running} rowsQuery={team.rowsQuery} />
      </td>
      <td className="number">
        <Counted count={team.overdue} rowsQuery={`${team.rowsQuery}&overdue=true`} />
      </td>
      <td className="number">
        <Counted count={team.dueSoon} rowsQuery={`${team.rowsQuery}&overdue=false&dueWithin=7`} />
      </td>
      <td className="number">
        {team.breaching === null ? <Unknown why="Fewer than five closed in 90 days: no pace to go by">unknown</Unknown> : count(team.breaching)}
      </td>
      <td className="number">
        <Counted count={team.closed} rowsQuery={team.closedQuery} />
      </td>
      <td className="number">
        <DaysToClose days={team.daysToClose} rowsQuery={team.closedQuery} />
      </td>
      <td className="number">
        {team.attainment === null ? <Unknown why="Nothing was closed or due in 90 days">unknown</Unknown> : percent(team.attainment)}
      </td>
      <td className="number">
        <Counted
          count={team.baseline}
          rowsQuery={listHref('/findings', { baseline: 'true', ...(team.team === null ? { owner: 'none' } : { team: team.team }) })}
        />
      </td>
    </tr>
  );
}
