import { IconTicket } from '@tabler/icons-react';
import type { FindingDesk } from '#server/schemas/desk-decision.ts';
import type { FindingDetail } from '#server/schemas/finding.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { SeverityWord } from '../../parts/glyph.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { TimeLeft, clockSentence } from '../../parts/time-left.tsx';
import { TriageBadge } from '../../parts/triage-badge.tsx';
import { counted, day, moment, percent } from '../../parts/words.ts';
import { Chain } from './chain.tsx';
import styles from './detail.module.css';
import { EarlierDecisions } from './earlier-decisions.tsx';
import { Evidence } from './evidence.tsx';
import { PathTo } from './path-to.tsx';
import { RuleSaid } from './rule-said.tsx';
import type { DetailActions } from './detail-actions.ts';
import { People } from './people.tsx';

type DetailProps = {
  readonly finding: FindingDetail;
  /** What people did about it; undefined while it loads, for one that is over and for a past day. */
  readonly desk: FindingDesk | undefined;
  readonly place: string | null;
  readonly arePathsOpen: boolean;
  /** Null when nothing can be done here and now. */
  readonly actions: DetailActions | null;
};

/** One finding: what it is, how bad and how urgent, what it rests on, what fixes it, what was decided and said. */
export function Detail({ finding, desk, place, arePathsOpen, actions }: DetailProps) {
  return (
    <article>
      <Head finding={finding} place={place} />
      <Figures finding={finding} />
      {finding.advisory === null ? (
        <RuleSaid finding={finding} actions={actions} />
      ) : (
        <>
          <Evidence finding={finding} />
          <PathTo finding={finding} areAllShown={arePathsOpen} />
          {finding.state === 'open' && <Fix finding={finding} actions={actions} />}
        </>
      )}
      {finding.state === 'open' && <Elsewhere finding={finding} actions={actions} />}
      <EarlierDecisions finding={finding} desk={desk} onSuggest={actions?.onSuggest ?? null} />
      {desk !== undefined && <People finding={finding} desk={desk} actions={actions} />}
      {finding.priority !== null && <Priority finding={finding} />}
      <details className={styles['more']}>
        <summary>Why we think so, link by link</summary>
        <p className={styles['reason']}>{finding.reason}</p>
        <Chain finding={finding} />
      </details>
      <Ids finding={finding} />
      <Episodes finding={finding} />
      {finding.details !== '' && (
        <section>
          <h3>What the advisory says</h3>
          <p className={styles['details']}>{finding.details}</p>
        </section>
      )}
      {finding.references.length > 0 && <References finding={finding} />}
    </article>
  );
}

function Head({ finding, place }: { readonly finding: FindingDetail; readonly place: string | null }) {
  return (
    <>
      <div className={styles['top']}>
        <SeverityWord severity={finding.severity} />
        {finding.kev !== null && (
          <span className="badge" data-tone="critical">
            KEV
          </span>
        )}
        {finding.state !== 'open' && <span className="badge">closed: {finding.state}</span>}
        <TriageBadge triage={finding.triage} />
        {finding.staleSince !== null && (
          <span className="badge" data-tone="medium">
            stale, last confirmed <Age at={finding.staleSince} /> ago
          </span>
        )}
        <code className="quiet">{finding.advisory?.ids.find((id) => id.startsWith('GHSA-')) ?? finding.id}</code>
        {place !== null && (
          <span className={styles['place']}>
            {place} <kbd>K</kbd> <kbd>J</kbd>
          </span>
        )}
      </div>
      <h2 className={styles['title']}>{finding.title}</h2>
      <p className="quiet">
        {finding.advisory !== null && <>{finding.advisory.ids[0]} </>}
        {finding.package !== null && (
          <>
            of{' '}
            <Link className="link" href={packageHref(finding.package.purl)}>
              {finding.package.name}
            </Link>{' '}
            <code>{finding.versions.join(', ') || 'version unknown'}</code>{' '}
          </>
        )}
        in{' '}
        <Link className="link" href={componentHref(finding.component.ref)}>
          {finding.component.name}
        </Link>
        {finding.priority !== null && ` · ${tierWords(finding.priority.profile)}`} · <TeamName team={finding.team} />
        {finding.ownerCertainty !== null && finding.team !== null && <span className="faint"> ({finding.ownerCertainty})</span>}
      </p>
    </>
  );
}

function tierWords({ tier, exposure }: NonNullable<FindingDetail['priority']>['profile']): string {
  return (
    [tier, exposure]
      .map((word) => (word === 'unknown' ? null : word.replaceAll('-', ' ')))
      .filter((word) => word !== null)
      .join(', ') || 'tier unknown'
  );
}

function Figures({ finding }: { readonly finding: FindingDetail }) {
  return (
    <dl className={styles['figures']}>
      {finding.advisory !== null && <Scores finding={finding} />}
      <div>
        <dt>{finding.state === 'open' ? 'SLA' : 'Opened'}</dt>
        <dd>{finding.state === 'open' ? <TimeLeft finding={finding} /> : <Age at={finding.opened} />}</dd>
        <dd>{finding.state === 'open' ? clockSentence(finding) : `exposed from ${day(finding.exposure.from)}`}</dd>
      </div>
    </dl>
  );
}

/** What others say of how bad and how likely it is. */
function Scores({ finding: { cvss, epss, kev } }: { readonly finding: FindingDetail }) {
  return (
    <>
      <div>
        <dt>{cvss === null ? 'CVSS' : `CVSS ${cvss.version}`}</dt>
        <dd>{cvss === null ? <Unknown why="No record has a vector">Unknown</Unknown> : cvss.score.toFixed(1)}</dd>
        <dd className="clip" title={cvss?.vector}>
          {cvss === null ? 'no vector' : cvss.vector.replace(/^CVSS:[\d.]+\//, '').replaceAll('/', ' ')}
        </dd>
      </div>
      <div>
        <dt>EPSS</dt>
        <dd>{epss === null ? <Unknown why="No score for its ids">Unknown</Unknown> : percent(epss.score, 1)}</dd>
        <dd>{epss === null ? 'no score' : `above ${percent(epss.percentile)}, ${day(epss.date)}`}</dd>
      </div>
      <div>
        <dt>KEV</dt>
        <dd>{kev === null ? 'Not listed' : 'Listed'}</dd>
        <dd>{kev === null ? 'in the copy we hold' : `since ${day(kev.added)}`}</dd>
      </div>
    </>
  );
}

function Fix({ finding, actions }: { readonly finding: FindingDetail; readonly actions: DetailActions | null }) {
  const name = finding.package?.name ?? finding.subject;
  return (
    <section>
      <h3>Fix</h3>
      <div className={styles['row']}>
        {finding.fix === null ? (
          <p>
            <Unknown why="No record names a fixed version">No fixed version is named</Unknown>
          </p>
        ) : (
          <p className="name">
            Raise {name} to <code>{finding.fix}</code>
          </p>
        )}
        {actions !== null && (
          <button type="button" className="button" data-size="small" onClick={actions.onTicket} title="Copies the words of a ticket">
            <IconTicket size={15} stroke={1.75} aria-hidden="true" /> Ticket <kbd>T</kbd>
          </button>
        )}
      </div>
    </section>
  );
}

function Elsewhere({ finding, actions }: { readonly finding: FindingDetail; readonly actions: DetailActions | null }) {
  if (finding.advisory === null || finding.package === null) return null;
  const rows = listHref('/findings', { package: finding.package.purl, advisory: finding.advisory.key });
  return (
    <section>
      <h3>Same finding elsewhere</h3>
      <div className={styles['row']}>
        {finding.elsewhere === 0 ? (
          <p className="quiet">In no other component that you may see.</p>
        ) : (
          <p>
            <Link className="link" href={rows}>
              {counted(finding.elsewhere, 'other component')}
            </Link>
          </p>
        )}
        {actions !== null && finding.elsewhere > 0 && (
          <button type="button" className="button" data-size="small" onClick={actions.onSelectSame}>
            Select all {finding.elsewhere + 1} <kbd>Shift</kbd> <kbd>A</kbd>
          </button>
        )}
      </div>
    </section>
  );
}

const actionWords = { act: 'Act', attend: 'Attend', track: 'Track' } as const;

function Priority({ finding: { priority, action, risk } }: { readonly finding: FindingDetail }) {
  if (priority === null || action === null || risk === null) return null;
  return (
    <section>
      <h3>Priority</h3>
      <p>
        <b className="name">{actionWords[action]}</b> <span className="quiet">{priority.because}</span>{' '}
        <span className="faint">Policy {priority.policy.version}.</span>
      </p>
      <details className={styles['more']}>
        <summary>Risk {risk.toFixed(1)} of 100 orders those of one action</summary>
        <ul>
          {priority.terms.map((term) => (
            <li key={term.name}>
              {term.name}: {term.said}, <span className="quiet">{term.points.toFixed(1)} points</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Ids({ finding }: { readonly finding: FindingDetail }) {
  if (finding.advisory === null) return null;
  return (
    <section>
      <h3>Known as</h3>
      <p className={styles['ids']}>
        {finding.advisory.ids.map((id) => (
          <code key={id} className="badge">
            {id}
          </code>
        ))}
        <code className="badge" title="Id of the finding here">
          {finding.id}
        </code>
      </p>
      {finding.scores.length > 1 && (
        <p className="faint micro">
          Scores: {finding.scores.map((score) => `${score.score.toFixed(1)} (CVSS ${score.version}, ${score.source})`).join('; ')}
        </p>
      )}
    </section>
  );
}

function Episodes({ finding }: { readonly finding: FindingDetail }) {
  if (finding.episodes.length < 2) return null;
  return (
    <section>
      <h3>Episodes</h3>
      <ol>
        {finding.episodes.map((episode) => (
          <li key={episode.number}>
            {episode.number}. opened {moment(episode.opened)}
            {episode.closed === null ? ', still open' : `, closed ${moment(episode.closed)} (${episode.because ?? 'reason unknown'})`}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Only addresses that are plainly web addresses become links: the text comes from outside. */
function References({ finding }: { readonly finding: FindingDetail }) {
  return (
    <section>
      <h3>References</h3>
      <ul className={styles['references']}>
        {finding.references.map((reference) => (
          <li key={reference}>
            {/^https?:\/\//i.test(reference) ? (
              <a className="link" href={reference} rel="noreferrer noopener" target="_blank">
                {reference}
              </a>
            ) : (
              reference
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
