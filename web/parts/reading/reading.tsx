import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Reading, ReadingSource } from '#server/schemas/reading.ts';
import { ask, inWords, send } from '../api.ts';
import { CoverageBar, Unknown } from '../certainty.tsx';
import { Glyph } from '../glyph.tsx';
import { useNow } from '../now.ts';
import { Panel } from '../panel.tsx';
import { count, counted, moment } from '../words.ts';
import styles from './reading.module.css';
import { endedStates, partlyDone, stateWords, titleOf } from './reading-words.ts';

const whileReadingMs = 1000;
const otherwiseMs = 10_000;
const shownMs = 60_000;

/**
 * How far reading the configured sources and feeds is, with a button that stops and one that resumes. Shown while it matters: in a first reading, while
 * stopped, and a minute longer; `always` also in later readings.
 */
export function ReadingNow({ always = false }: { readonly always?: boolean }) {
  const client = useQueryClient();
  const now = useNow();
  const query = useQuery({
    ...ask('/v1/reading'),
    refetchInterval: ({ state: { data } }) => (data === undefined || data.state === 'read' || data.state === 'none' ? otherwiseMs : whileReadingMs),
  });
  const reading = query.data;
  const components = reading?.sources.reduce((sum, source) => sum + source.components, 0) ?? 0;
  const state = reading?.state;
  // What was read meanwhile is shown at once, not when the page next asks.
  useEffect(() => {
    if (components > 0)
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== '/v1/reading' && queryKey[0] !== '/v1/session' });
  }, [client, components, state]);
  if (reading === undefined || reading.state === 'none') return null;
  if (!always && !reading.isFirst && reading.stopped === null) return null;
  if (reading.state === 'read' && (reading.endedAt === null || now.getTime() - Date.parse(reading.endedAt) > shownMs)) return null;
  return <Progress reading={reading} />;
}

function Progress({ reading }: { readonly reading: Reading }) {
  const { sources, lines } = reading;
  const done = sources.reduce((sum, source) => sum + partlyDone(source), 0);
  const ended = sources.filter((source) => endedStates.has(source.state)).length;
  return (
    <Panel
      title={titleOf(reading)}
      about={sources.length === 0 ? 'What you may see of it appears below as it is read.' : <SoFar reading={reading} />}
      actions={
        <>
          {sources.length > 0 && (
            <span className="line faint micro">
              <CoverageBar share={done / sources.length} width={120} />
              {count(ended)} of {counted(sources.length, 'source')}
            </span>
          )}
          <Stopping reading={reading} />
        </>
      }
      footer={<p>You can close this page: reading goes on. Numbers are real and partial; hatched means not known yet, never zero.</p>}
      flush
    >
      {sources.length > 0 && (
        <ul className={styles['sources']}>
          {sources.map((source) => (
            <SourceLine key={`${source.kind} ${source.name}`} source={source} />
          ))}
        </ul>
      )}
      {lines.length > 0 && (
        <ol className={styles['lines']} aria-label="What happened last">
          {lines.map((line) => (
            <li key={`${line.at} ${line.what} ${line.about}`}>
              <time className="faint" dateTime={line.at}>
                {line.at.slice(11, 19)}
              </time>
              {line.outcome === 'reading' ? (
                <span className={styles['dot']} aria-hidden="true" />
              ) : (
                <Glyph kind={line.outcome === 'read' ? 'ok' : 'watch'} />
              )}
              <span>
                {line.outcome === 'reading' && 'Reading '}
                <bdi className="name">{line.what}</bdi> <span className="quiet">{line.about}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function SoFar({ reading: { sources } }: { readonly reading: Reading }) {
  const sum = (of: 'components' | 'packages' | 'records' | 'problems'): number => sources.reduce((all, source) => all + source[of], 0);
  const parts = [
    counted(sum('components'), 'component'),
    counted(sum('packages'), 'package version'),
    ...(sum('records') > 0 ? [counted(sum('records'), 'advisory record')] : []),
    ...(sum('problems') > 0 ? [counted(sum('problems'), 'problem')] : []),
  ];
  return <span aria-live="polite">{parts.join(', ')} new or changed so far</span>;
}

function SourceLine({ source }: { readonly source: ReadingSource }) {
  const isBegun = source.beganAt !== null;
  return (
    <li data-state={source.state}>
      <span className={styles['name']}>
        <bdi className="name">{source.name}</bdi>
        <span className="faint micro">{source.kind}</span>
      </span>
      <span className={styles['state']}>
        {source.state === 'reading' ? (
          <span className={styles['dot']} aria-hidden="true" />
        ) : (
          <Glyph kind={source.state === 'read' ? 'ok' : source.state === 'failed' ? 'failing' : source.state === 'problems' ? 'watch' : 'unknown'} />
        )}
        {stateWords[source.state]}
      </span>
      <span className={styles['part']}>
        <CoverageBar share={partlyDone(source)} width={80} />
        {source.part !== null && source.part.of > 1 && (
          <span className="faint micro">
            {count(source.part.number)} of {count(source.part.of)}
          </span>
        )}
      </span>
      <span className={styles['numbers']}>
        {source.state === 'failed' ? (
          <span className="quiet">{source.trouble ?? 'Sources says why.'}</span>
        ) : !isBegun ? (
          <Unknown why="Nothing was read of it yet">not read yet</Unknown>
        ) : source.records > 0 ? (
          counted(source.records, 'advisory record')
        ) : (
          `${counted(source.components, 'component')}, ${counted(source.packages, 'package version')}`
        )}
      </span>
    </li>
  );
}

function Stopping({ reading }: { readonly reading: Reading }) {
  const client = useQueryClient();
  const session = useQuery(ask('/v1/session'));
  const [isAsked, setAsked] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { stopped, version, state } = reading;
  const act = (kind: 'pause-reading' | 'resume-reading') => {
    setAsked(true);
    setFailure(null);
    send('POST', `/v1/acts/${kind}`, { body: {}, expects: version })
      .catch((error: unknown) => setFailure(inWords(error)))
      .finally(() => {
        setAsked(false);
        void client.invalidateQueries({ queryKey: ['/v1/reading'] });
      });
  };
  if (state === 'read' && stopped === null) return null;
  const may = session.data?.permissions.includes('sources:write') === true;
  const why = may ? undefined : 'Only the open source office and administrators may stop and resume reading.';
  return (
    <>
      {stopped !== null && <span className="faint micro">stopped {moment(stopped.at)} UTC</span>}
      {stopped === null ? (
        <button type="button" className="button" data-size="small" disabled={isAsked || !may} title={why} onClick={() => act('pause-reading')}>
          Stop reading
        </button>
      ) : (
        <button type="button" className="button" data-size="small" disabled={isAsked || !may} title={why} onClick={() => act('resume-reading')}>
          Resume reading
        </button>
      )}
      {failure !== null && (
        <span className={styles['failed']} role="alert">
          {failure}
        </span>
      )}
    </>
  );
}
