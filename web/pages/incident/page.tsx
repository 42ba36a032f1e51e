import { IconUrgent } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentComponent, IncidentDetail, IncidentTeam } from '#server/schemas/incident.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { EmptyList } from '../../parts/empty-list.tsx';
import { EntityHead } from '../../parts/entity-head.tsx';
import { QueryBar } from '../../parts/filters.tsx';
import { SeverityWord } from '../../parts/glyph.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { usePathParam, useSearchParams } from '../../parts/search-params.ts';
import { TriageBadge } from '../../parts/triage-badge.tsx';
import { count, counted, day, moment } from '../../parts/words.ts';
import { CloseIncident, CorrectIncident, NameIncident } from './change-incident.tsx';
import styles from './incident.module.css';

const filterWords = { team: 'team', owner: 'owner', state: 'state', answer: 'answer' } as const;

// Owners answer while somebody looks on.
const againMs = 5_000;

/** One incident: by owner who is exposed, who has answered and who was not looked at, then every component. */
export function Page() {
  const id = usePathParam('id');
  const query = useQuery({ ...ask('/v1/incidents/:id', { id }), refetchInterval: againMs });
  return (
    <Answered query={query} what="the incident">
      {(incident) => <Blocks incident={incident} />}
    </Answered>
  );
}

function Blocks({ incident }: { readonly incident: IncidentDetail }) {
  const [search] = useSearchParams();
  const { counts } = incident;
  const filters = Object.fromEntries([...Object.keys(filterWords), 'q'].map((word) => [word, search[word]]));
  return (
    <>
      <EntityHead
        icon={IconUrgent}
        name={incident.title ?? 'Words erased'}
        badges={
          <>
            <SeverityWord severity={incident.severity} />
            <span className="badge" {...(incident.closed === null ? { 'data-tone': 'critical' } : {})}>
              {incident.closed === null ? 'open' : incident.closed.as === 'over' ? 'over' : 'false alarm'}
            </span>
          </>
        }
        about={<About incident={incident} />}
        actions={<Actions incident={incident} />}
      />
      <div className={styles['page']}>
        {incident.details !== null && incident.details !== '' && <p className={styles['details']}>{incident.details}</p>}
        {incident.search !== null && <Search incident={incident} search={incident.search} />}
        {incident.candidates.length > 0 && <Candidates incident={incident} />}
        <Panel
          title="By owner"
          about={`${counted(counts.exposed + counts.perhaps, 'component')} exposed or perhaps exposed, ${count(counts.noAnswer)} without an answer, ${count(counts.notScanned)} not scanned since${incident.search === null ? '' : `, ${count(counts.notSearched)} not searched`}`}
          flush
        >
          <Teams incident={incident} />
        </Panel>
        <Panel
          title="Components"
          about="Gone is what the inventory says, never what people say."
          actions={<QueryBar words={filterWords} placeholder="Filter components" />}
          flush
        >
          <DataTable
            path="/v1/incidents/:id/components"
            params={{ id: incident.id }}
            filters={filters}
            columns={columnsOf(incident)}
            keyOf={(one) => one.component.ref}
            what="components"
            order="state"
            againMs={againMs}
            empty={<EmptyList title="No component matches.">Those that do not use the package and were looked at since are not listed.</EmptyList>}
          />
        </Panel>
      </div>
    </>
  );
}

function About({ incident }: { readonly incident: IncidentDetail }) {
  const { affected } = incident;
  const times = (
    <>
      {incident.ids.join(', ')} · opened {moment(incident.opened)} UTC
      {incident.closed !== null && `, closed ${moment(incident.closed.at)} UTC`}
    </>
  );
  if (affected === null) return <>A file by its hash · {times}</>;
  const range = [
    affected.introduced === null ? null : `from ${affected.introduced}`,
    affected.fixed === null ? 'no fix known' : `fixed in ${affected.fixed}`,
    ...affected.versions,
  ];
  return (
    <>
      <Link href={packageHref(affected.package)}>
        <code>{affected.package}</code>
      </Link>{' '}
      {range.filter((part) => part !== null).join(', ')} · {times}
    </>
  );
}

function Actions({ incident }: { readonly incident: IncidentDetail }) {
  const session = useQuery(ask('/v1/session'));
  const may = session.data?.permissions.includes('incidents:write') === true;
  const [shown, show] = useState<'name' | 'correct' | 'close' | null>(null);
  const why = may ? undefined : 'Security and the open source office do this.';
  return (
    <>
      <Link className="button" href={listHref('/findings', { advisory: incident.record })}>
        Findings
      </Link>
      <button type="button" className="button" disabled={!may} title={why} onClick={() => show('name')}>
        Give it its CVE…
      </button>
      {incident.affected !== null && (
        <button type="button" className="button" disabled={!may || incident.closed !== null} title={why} onClick={() => show('correct')}>
          Correct…
        </button>
      )}
      <button type="button" className="button" disabled={!may || incident.closed !== null} title={why} onClick={() => show('close')}>
        Close…
      </button>
      {shown === 'name' && <NameIncident incident={incident} onClose={() => show(null)} />}
      {shown === 'correct' && <CorrectIncident incident={incident} onClose={() => show(null)} />}
      {shown === 'close' && <CloseIncident incident={incident} onClose={() => show(null)} />}
    </>
  );
}

/** How far what is in use was searched for the file, and what it is said to be. */
function Search({ incident, search }: { readonly incident: IncidentDetail; readonly search: NonNullable<IncidentDetail['search']> }) {
  const { files, waiting } = search;
  const goesOn =
    incident.closed === null
      ? `${count(files - waiting)} of ${counted(files, 'file')} searched`
      : `${count(files - waiting)} of ${counted(files, 'file')} searched before it was closed`;
  return (
    <Panel
      title="The file"
      about={`${goesOn}. Lockfiles and SBOMs in use are searched as they were last seen, new ones as they come; test material is not. Closing the incident ends the search.`}
    >
      {incident.closed === null && waiting > 0 && <progress aria-label="Files searched" max={files} value={files - waiting} />}
      <ul className={styles['hashes']}>
        {incident.hashes.map((hash) => (
          <li key={hash}>
            <code>{hash}</code>
            <ul>
              {incident.found
                .filter((each) => each.hash === hash)
                .map((each) => (
                  <li key={`${each.package} ${each.version}`}>
                    <Link href={packageHref(each.package)}>
                      <code>{each.package}</code>
                    </Link>{' '}
                    {each.version}
                  </li>
                ))}
            </ul>
            {!incident.found.some((each) => each.hash === hash) && (
              <span className="faint">{waiting > 0 ? 'Not found yet' : 'No file that was searched names it as a package'}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Advisories of others that may be this incident: one click makes the two one. */
function Candidates({ incident }: { readonly incident: IncidentDetail }) {
  const session = useQuery(ask('/v1/session'));
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const may = session.data?.permissions.includes('incidents:write') === true;
  const join = (alias: string) => {
    setFailure(null);
    send('POST', '/v1/acts/name-incident', { body: { incident: incident.id, alias }, expects: incident.version })
      .then(() => client.invalidateQueries())
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Panel
      title="Published since"
      about="About the same package. Where it is this incident, the two become one: findings, clocks and decisions stay."
      flush
    >
      <ul className={styles['candidates']}>
        {incident.candidates.map((each) => (
          <li key={each.id}>
            <span className="stack">
              <span className="name">{each.id}</span>
              <span className="faint micro">
                {each.title}
                {each.published !== null && `, published ${moment(each.published)} UTC`}
              </span>
            </span>
            <button
              type="button"
              className="button"
              data-size="small"
              disabled={!may}
              title={may ? undefined : 'Security and the open source office do this.'}
              onClick={() => join(each.id)}
            >
              It is this incident
            </button>
          </li>
        ))}
      </ul>
      {failure !== null && <p role="alert">{failure}</p>}
    </Panel>
  );
}

function Teams({ incident }: { readonly incident: IncidentDetail }) {
  const cell = (team: IncidentTeam, value: number, filter: Readonly<Record<string, string>>) =>
    value === 0 ? (
      <span className="faint">0</span>
    ) : (
      <Link
        className="rows"
        href={listHref(`/incidents/${incident.record}`, { ...(team.team === null ? { owner: 'none' } : { team: team.team }), ...filter })}
      >
        {count(value)}
      </Link>
    );
  return (
    <div className={styles['scroll']}>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Owner</th>
            <th scope="col">No answer</th>
            <th scope="col">Answered</th>
            <th scope="col">Exposed</th>
            <th scope="col">Perhaps</th>
            <th scope="col">Gone</th>
            <th scope="col">Not scanned</th>
            {incident.search !== null && <th scope="col">Not searched</th>}
            {incident.search !== null && <th scope="col">Not found</th>}
          </tr>
        </thead>
        <tbody>
          {incident.teams.map((team) => (
            <tr key={team.team ?? ''}>
              <th scope="row">{team.team === null ? <Unknown>No owner</Unknown> : <TeamName team={team.team} />}</th>
              <td>{cell(team, team.noAnswer, { state: 'exposed,perhaps', answer: 'none' })}</td>
              <td>{cell(team, team.answered, { state: 'exposed,perhaps', answer: 'some' })}</td>
              <td>{cell(team, team.exposed, { state: 'exposed' })}</td>
              <td>{cell(team, team.perhaps, { state: 'perhaps' })}</td>
              <td>{cell(team, team.gone, { state: 'gone' })}</td>
              <td>{cell(team, team.notScanned, { state: 'not-scanned' })}</td>
              {incident.search !== null && <td>{cell(team, team.notSearched, { state: 'not-searched' })}</td>}
              {incident.search !== null && <td>{cell(team, team.notFound, { state: 'not-found' })}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const stateWords = {
  exposed: 'Exposed',
  perhaps: 'Perhaps: only a range is known',
  gone: 'Gone',
  'not-scanned': 'Not scanned since',
  'not-searched': 'Not searched',
  'not-found': 'Not found',
} as const;
const namedWords = 'Perhaps: a file names the hash';
const whyNotSearched = {
  waiting: 'Not searched yet',
  'no-hashes': 'Not searched: it names no hashes of this kind',
  unreadable: 'Not searched: its bytes are not there',
} as const;

function stateOf(one: IncidentComponent, incident: IncidentDetail): string {
  if (one.notSearched !== null) return whyNotSearched[one.notSearched];
  return one.state === 'perhaps' && incident.search !== null ? namedWords : stateWords[one.state];
}

const isSure = (one: IncidentComponent): boolean => one.state === 'exposed' || one.state === 'gone' || one.state === 'not-found';
const answerWords = { acknowledged: 'Acknowledged', 'in-work': 'In work', 'not-affected': 'Says not affected' } as const;

function columnsOf(incident: IncidentDetail): readonly Column<IncidentComponent>[] {
  return [
    {
      id: 'component',
      head: 'Component',
      sort: 'component',
      cell: (one) => (
        <Link data-row-link href={componentHref(one.component.ref)}>
          {one.component.name}
        </Link>
      ),
    },
    { id: 'team', head: 'Owner', sort: 'team', cell: (one) => (one.team === null ? <Unknown>No owner</Unknown> : <TeamName team={one.team} />) },
    {
      id: 'state',
      head: 'State',
      sort: 'state',
      cell: (one) => (isSure(one) ? stateOf(one, incident) : <Unknown>{stateOf(one, incident)}</Unknown>),
    },
    { id: 'versions', head: 'Versions', cell: (one) => <code>{one.versions.join(', ')}</code> },
    {
      id: 'until',
      head: 'Over since',
      sort: 'until',
      cell: (one) =>
        one.until !== null ? (
          day(one.until)
        ) : (
          <span className="faint">{one.state === 'not-found' || one.state === 'not-searched' ? '' : 'goes on'}</span>
        ),
    },
    { id: 'seen', head: 'Last seen', cell: (one) => (one.seen === null ? <Unknown>never</Unknown> : moment(one.seen)) },
    { id: 'answer', head: 'Answer', cell: (one) => <Answer incident={incident} one={one} /> },
  ];
}

function Answer({ incident, one }: { readonly incident: IncidentDetail; readonly one: IncidentComponent }) {
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const answer = (says: string) => {
    setFailure(null);
    send('POST', '/v1/acts/answer-incident', { body: { incident: incident.id, component: one.component.ref, says }, words: { note: '' } })
      .then(() => client.invalidateQueries())
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <span className="line">
      {one.triage !== null && one.triage !== 'open' && (
        <Link href={listHref('/findings', { component: one.component.ref, advisory: incident.record })}>
          <TriageBadge triage={one.triage} />
        </Link>
      )}
      {one.answer !== null && <span title={`${one.answer.by}, ${moment(one.answer.at)} UTC`}>{answerWords[one.answer.says]}</span>}
      {one.state !== 'not-found' && one.answer === null && (one.triage === null || one.triage === 'open') && <Unknown>No answer</Unknown>}
      {incident.closed === null && one.state !== 'gone' && one.state !== 'not-found' && (
        <select className="field" aria-label={`Answer for ${one.component.name}`} value="" onChange={(event) => answer(event.target.value)}>
          <option value="" disabled>
            Answer…
          </option>
          {Object.entries(answerWords).map(([says, words]) => (
            <option key={says} value={says}>
              {words}
            </option>
          ))}
        </select>
      )}
      {failure !== null && <span role="alert">{failure}</span>}
    </span>
  );
}
