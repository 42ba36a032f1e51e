import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { TeamRisk } from '#server/schemas/overview.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { SeverityNumbers } from '../../parts/glyph.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { ownersInWords } from '../../parts/owners-in-words.ts';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted } from '../../parts/words.ts';
import styles from './risk-by-team.module.css';
import { treemap } from './treemap.ts';

/** Upper ends of the five steps of shade, in (5 × critical + high) per component. */
const steps = [0.5, 1, 2, 4];
const aspect = 2.1;
/** From this share of unread components on, a tile is all hatch: a shade would claim what is not known. */
const mostlyUnread = 0.8;

/** Open findings by team: a map whose area is components and whose shade is risk, or the same rows as a table. */
export function RiskByTeam({ teams }: { readonly teams: readonly TeamRisk[] }) {
  const [view, setView] = useState('map');
  const [{ asOf }] = useSearchParams();
  const unread = asOf === undefined ? 'was never read' : 'was not observed by then';
  const components = teams.reduce((sum, team) => sum + team.components, 0);
  return (
    <Panel
      title="Risk by team"
      about={`${counted(components, 'component')} of ${ownersInWords(teams.map((team) => team.team))}; the hatched part of a tile ${unread}`}
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Show risk by team as"
          data={[
            { value: 'map', label: 'Map' },
            { value: 'table', label: 'Table' },
          ]}
          value={view}
          onChange={setView}
        />
      }
      flush
      footer={view === 'map' ? <Legend /> : undefined}
    >
      {teams.length === 0 ? (
        <Empty title="No component yet.">Scan a repository or upload an SBOM.</Empty>
      ) : view === 'map' ? (
        <RiskMap teams={teams} />
      ) : (
        <RiskTable teams={teams} />
      )}
    </Panel>
  );
}

function RiskMap({ teams }: { readonly teams: readonly TeamRisk[] }) {
  return (
    <ul className={styles['map']}>
      {treemap(teams, (team) => team.components, aspect).map((tile) => {
        const { item: team } = tile;
        const unread = team.unread / team.components;
        return (
          <li key={team.team ?? ''} style={{ left: `${tile.x}%`, top: `${tile.y}%`, width: `${tile.width}%`, height: `${tile.height}%` }}>
            <Link
              href={team.rowsQuery}
              className={styles['tile']}
              data-step={unread > mostlyUnread || team.findings === null ? 'unread' : stepOf(team.findings, team.components)}
              title={titleOf(team)}
            >
              <span className={styles['label']}>
                <b>{team.team ?? 'No owner'}</b>
                <span>
                  {team.findings === null ? 'findings not shown to you' : `${count(team.findings.critical)} crit · ${count(team.findings.high)} high`}
                </span>
                <span className="hidden">{counted(team.components, 'component')}</span>
              </span>
              {unread > 0 && <span className={styles['hatch']} style={{ height: `${unread * 100}%` }} />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function RiskTable({ teams }: { readonly teams: readonly TeamRisk[] }) {
  return (
    <table className={styles['table']}>
      <caption className="hidden">Open findings by team</caption>
      <thead>
        <tr>
          <th scope="col">Team</th>
          <th scope="col" className="number">
            Components
          </th>
          <th scope="col" className="number">
            Never read
          </th>
          <th scope="col">Open findings</th>
        </tr>
      </thead>
      <tbody>
        {teams.map((team) => {
          const whose = team.team === null ? { owner: 'none' } : { team: team.team };
          return (
            <tr key={team.team ?? ''}>
              <th scope="row">
                <Link href={team.rowsQuery} className="name">
                  <TeamName team={team.team} />
                </Link>
              </th>
              <td className="number">
                <Link className="rows" href={listHref('/components', whose)}>
                  {count(team.components)}
                </Link>
              </td>
              <td className="number">
                {team.unread === 0 ? (
                  <span className="faint">0</span>
                ) : (
                  <Link className="rows" href={listHref('/components', { ...whose, observed: 'false' })}>
                    {count(team.unread)}
                  </Link>
                )}
              </td>
              <td>
                {team.findings === null ? (
                  <Unknown why="Findings of a team are for the team and for security">Not shown to you</Unknown>
                ) : (
                  <SeverityNumbers counts={team.findings} hrefOf={(severity) => listHref('/findings', { ...whose, severity })} />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Legend() {
  const words = [...steps.map((step) => `< ${step}`), 'more'];
  return (
    <span className={styles['legend']}>
      Area is components; shade is (5 × critical + high) per component:
      {words.map((word, step) => (
        <span key={word}>
          <i data-step={step} /> {word}
        </span>
      ))}
      <span>
        <i data-step="unread" /> never read
      </span>
    </span>
  );
}

function stepOf(findings: NonNullable<TeamRisk['findings']>, components: number): number {
  const risk = (5 * findings.critical + findings.high) / components;
  const step = steps.findIndex((end) => risk < end);
  return step === -1 ? steps.length : step;
}

function titleOf(team: TeamRisk): string {
  const known = `${team.team ?? 'No owner'}: ${counted(team.components, 'component')}, ${team.unread} never read, ${team.stale} stale.`;
  if (team.findings === null) return `${known} Its findings are not shown to you.`;
  const { critical, high, medium, low, unknown } = team.findings;
  return `${known} Critical ${critical}, high ${high}, medium ${medium}, low ${low}, unknown ${unknown}.`;
}
