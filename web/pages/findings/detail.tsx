import type { FindingDetail } from '#server/schemas/finding.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { SeverityWord } from '../../parts/glyph.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { counted, day, moment, percent } from '../../parts/words.ts';
import { Chain } from './chain.tsx';
import styles from './detail.module.css';

/** One finding: what it is, how sure and how bad, why we think so, what fixes it. */
export function Detail({ finding, place }: { readonly finding: FindingDetail; readonly place: string | null }) {
  return (
    <article>
      <div className={styles['top']}>
        <SeverityWord severity={finding.severity} />
        {finding.kev !== null && (
          <span className="badge" data-tone="critical">
            KEV
          </span>
        )}
        {finding.state !== 'open' && <span className="badge">closed: {finding.state}</span>}
        {finding.staleSince !== null && (
          <span className="badge" data-tone="medium">
            stale, last confirmed <Age at={finding.staleSince} /> ago
          </span>
        )}
        <code className="quiet">{finding.id}</code>
        {place !== null && <span className={styles['place']}>{place}</span>}
      </div>
      <h2 className={styles['title']}>{finding.title}</h2>
      <p className="quiet">
        {finding.package !== null && (
          <>
            <Link className="link" href={packageHref(finding.package.purl)}>
              {finding.package.name}
            </Link>{' '}
            <code>{finding.versions.join(', ') || 'version unknown'}</code> in{' '}
          </>
        )}
        <Link className="link" href={componentHref(finding.component.ref)}>
          {finding.component.name}
        </Link>{' '}
        · <TeamName team={finding.team} />
      </p>
      <Figures finding={finding} />
      <p className={styles['reason']}>{finding.reason}</p>
      <Chain finding={finding} />
      {finding.state === 'open' && <Fix finding={finding} />}
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

function Figures({ finding }: { readonly finding: FindingDetail }) {
  const { cvss, epss, kev } = finding;
  return (
    <dl className={styles['figures']}>
      <div>
        <dt>{cvss === null ? 'CVSS' : `CVSS ${cvss.version}`}</dt>
        <dd>{cvss === null ? <Unknown why="No record has a vector">Unknown</Unknown> : cvss.score.toFixed(1)}</dd>
        <dd title={cvss?.vector}>{cvss === null ? 'no vector' : `from ${cvss.source}`}</dd>
      </div>
      <div>
        <dt>EPSS</dt>
        <dd>{epss === null ? <Unknown why="No score for its ids">Unknown</Unknown> : percent(epss.score, 1)}</dd>
        <dd>{epss === null ? 'no score' : `above ${percent(epss.percentile)} of all, ${day(epss.date)}`}</dd>
      </div>
      <div>
        <dt>KEV</dt>
        <dd>{kev === null ? 'Not listed' : 'Listed'}</dd>
        <dd>{kev === null ? 'in the copy we hold' : `since ${day(kev.added)}`}</dd>
      </div>
      <div>
        <dt>Opened</dt>
        <dd>
          <Age at={finding.opened} /> ago
        </dd>
        <dd>
          exposed from {day(finding.exposure.from)}
          {finding.exposure.until !== null && ` to ${day(finding.exposure.until)}`}
        </dd>
      </div>
    </dl>
  );
}

function Fix({ finding }: { readonly finding: FindingDetail }) {
  const name = finding.package?.name ?? finding.subject;
  return (
    <section>
      <h3>Fix</h3>
      {finding.fix === null ? (
        <p>
          <Unknown why="No record names a fixed version">No fixed version is named</Unknown>
        </p>
      ) : (
        <p className="name">
          Raise {name} to <code>{finding.fix}</code>
        </p>
      )}
      {finding.elsewhere > 0 && finding.advisory !== null && finding.package !== null && (
        <p className="quiet">
          The same in{' '}
          <Link className="link" href={listHref('/findings', { package: finding.package.purl, advisory: finding.advisory.key })}>
            {counted(finding.elsewhere, 'other component')}
          </Link>
        </p>
      )}
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
