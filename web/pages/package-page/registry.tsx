import { useQuery } from '@tanstack/react-query';
import type { PackageRegistry, ReleasedVersion } from '#server/schemas/registry.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { counted, day, moment } from '../../parts/words.ts';
import { ReleaseLine } from './release-line.tsx';
import styles from './registry.module.css';

const shownAtFirst = 6;

/** What its registry says of the package: when versions came out, under which licence they are declared, and which were withdrawn. */
export function AtTheRegistry({ purl }: { readonly purl: string }) {
  const query = useQuery(ask('/v1/packages/:purl/registry', { purl }));
  return (
    <Panel title="At its registry" about={<About said={query.data} />} flush>
      <Answered query={query} what="the registry" rows={2}>
        {(said) => <Said said={said} />}
      </Answered>
    </Panel>
  );
}

function About({ said }: { readonly said: PackageRegistry | undefined }) {
  if (said?.registry == null) return <>What its registry says of versions, dates, licences and warnings</>;
  return (
    <>
      {said.registry}
      {said.confirmedAt !== null && ` · as of ${moment(said.confirmedAt)}`}
      {said.repository !== null && (
        <>
          {' · '}
          <a href={said.repository} rel="noopener noreferrer nofollow" target="_blank">
            {said.repository.replace(/^https:\/\//, '')}
          </a>
        </>
      )}
    </>
  );
}

function Said({ said }: { readonly said: PackageRegistry }) {
  if (said.versions.length === 0)
    return (
      <Empty title={said.state === 'absent' ? 'Its registry does not have it.' : 'Nothing is known from its registry.'}>
        {said.because ?? said.problem}
      </Empty>
    );
  const [first, rest] = split(said);
  return (
    <>
      {(said.warning !== null || said.state === 'absent' || said.problem !== null) && (
        <div className={styles['warnings']}>
          {said.state === 'absent' && <p className={styles['warning']}>The registry has it no more. What follows is what it said before.</p>}
          {said.warning !== null && (
            <p className={styles['warning']}>
              <span className="badge" data-tone="medium">
                {said.warning.kind}
              </span>{' '}
              {said.warning.reason ?? 'No reason is given.'}
            </p>
          )}
          {said.problem !== null && <p className="faint">{said.problem}</p>}
        </div>
      )}
      <ReleaseLine versions={said.versions} />
      <Versions caption="Versions in use and the latest" rows={first} latest={said.latest} />
      {rest.length > 0 && (
        <details className={styles['all']}>
          <summary>
            {counted(rest.length, 'further version')}
            {said.total > said.versions.length ? ` of ${String(said.total)}` : ''}
          </summary>
          <Versions caption="Further versions" rows={rest} latest={said.latest} />
        </details>
      )}
    </>
  );
}

/** What is looked at first: what is in use, and the latest. */
function split({ versions, latest }: PackageRegistry): readonly [readonly ReleasedVersion[], readonly ReleasedVersion[]] {
  const isFirst = (each: ReleasedVersion): boolean => each.inUse || each.version === latest;
  const first = versions.filter(isFirst);
  if (first.length > 1) return [first, versions.filter((each) => !isFirst(each))];
  return [versions.slice(0, shownAtFirst), versions.slice(shownAtFirst)];
}

function Versions({
  caption,
  rows,
  latest,
}: {
  readonly caption: string;
  readonly rows: readonly ReleasedVersion[];
  readonly latest: string | null;
}) {
  return (
    <div className={styles['scroll']}>
      <table className={table['table']}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Released</th>
            <th scope="col">Licence as declared</th>
            <th scope="col">Warning</th>
            <th scope="col" className="number">
              <span title="Years between its release and that of the latest stable version">Libyears</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((each) => (
            <tr key={each.version}>
              <th scope="row" className="name">
                <code>{each.version}</code>
                {each.inUse && <span className="badge">in use</span>}
                {each.version === latest && (
                  <span className="badge" data-tone="ok">
                    latest
                  </span>
                )}
              </th>
              <td>{each.released === null ? <Unknown why="Its registry did not say when">Not said</Unknown> : day(each.released)}</td>
              <td>
                <Declared licences={each.licences} />
              </td>
              <td>{each.warning === null ? <span className="faint">–</span> : <Warned warning={each.warning} />}</td>
              <td className="number">{each.libyears === null ? <Unknown why="Both days are needed">?</Unknown> : each.libyears.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Declared({ licences }: { readonly licences: ReleasedVersion['licences'] }) {
  if (licences === null) return <Unknown why="Asked only of versions in use and the latest">Not asked</Unknown>;
  if (licences.length === 0) return <span className="faint">declares none</span>;
  return <span className={styles['licence']}>{licences.map(({ text }) => text).join(' · ')}</span>;
}

function Warned({ warning }: { readonly warning: NonNullable<ReleasedVersion['warning']> }) {
  return (
    <span className={styles['licence']}>
      <span className="badge" data-tone="medium">
        {warning.kind}
      </span>{' '}
      {warning.reason}
    </span>
  );
}
