import type { PackageAdvisory, PackageDetail, PackageVersion } from '#server/schemas/package.ts';
import { SourceChip, Unknown } from '../../parts/certainty.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted } from '../../parts/words.ts';
import styles from './ladder.module.css';

/** Advisories that fit side by side; the rest is named below. */
const columnsShown = 6;

/** Versions in use against the advisories of the package: which is hit by what. A row or column narrows the users below. */
export function Ladder({ one }: { readonly one: PackageDetail }) {
  const shown = one.advisories.slice(0, columnsShown);
  const { affected, clear, unknown } = one.verdicts;
  const most = Math.max(1, ...one.versionsInUse.map((version) => version.components));
  return (
    <Panel
      title="Versions in use and what affects them"
      about={`${counted(affected, 'component')} affected by at least one advisory · ${clear} clear · ${unknown} unknown`}
      actions={<SourceChip source="advisories" at={one.advisoriesAt} />}
      flush
      footer={<Legend more={one.advisories.length - shown.length} />}
    >
      {one.versionsInUse.length === 0 ? (
        <Empty title="Not in what was read.">This does not mean that it is not used: see the coverage above.</Empty>
      ) : (
        <div className={styles['scroll']}>
          <table className={styles['ladder']}>
            <caption className="hidden">Versions in use by advisory</caption>
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Components</th>
                {shown.map((advisory) => (
                  <AdvisoryHead key={advisory.key} advisory={advisory} />
                ))}
              </tr>
            </thead>
            <tbody>
              {one.versionsInUse.map((version, row) => (
                <VersionRow
                  key={version.version ?? ''}
                  version={version}
                  advisories={shown}
                  most={most}
                  above={one.versionsInUse[row - 1]}
                  below={one.versionsInUse[row + 1]}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function AdvisoryHead({ advisory }: { readonly advisory: PackageAdvisory }) {
  const [search, change] = useSearchParams();
  const on = search['advisory'] === advisory.key;
  return (
    <th scope="col" className={styles['advisory']} data-tone={advisory.severity}>
      <button type="button" aria-pressed={on} title={advisory.title} onClick={() => change({ advisory: on ? undefined : advisory.key })}>
        <b>{advisory.key}</b>
        <span className={styles['score']}>
          {advisory.cvss === null ? advisory.severity : `CVSS ${advisory.cvss.score.toFixed(1)}`}
          {advisory.kev !== null && ' · KEV'}
        </span>
        <span className={styles['fix']}>{advisory.fixed.length === 0 ? 'no fix named' : `fixed in ${advisory.fixed.join(', ')}`}</span>
      </button>
    </th>
  );
}

type VersionRowProps = {
  readonly version: PackageVersion;
  readonly advisories: readonly PackageAdvisory[];
  readonly most: number;
  readonly above: PackageVersion | undefined;
  readonly below: PackageVersion | undefined;
};

function VersionRow({ version, advisories, most, above, below }: VersionRowProps) {
  const [search, change] = useSearchParams();
  const word = version.version ?? 'unknown';
  const on = search['version'] === word;
  const tone = version.verdicts.includes('affected') ? 'critical' : version.verdicts.includes('unknown') ? 'unknown' : 'ok';
  return (
    <tr data-on={on || undefined}>
      <th scope="row">
        <button type="button" aria-pressed={on} onClick={() => change({ version: on ? undefined : word })}>
          {version.version === null ? (
            <Unknown why="Uses whose version is not known; never counted as clear">Unknown</Unknown>
          ) : (
            <code>{version.version}</code>
          )}
        </button>
      </th>
      <td>
        <span className="line">
          <span
            className={styles['bar']}
            data-tone={tone}
            style={{ width: `${Math.max(4, (version.components / most) * 120)}px` }}
            aria-hidden="true"
          />
          <Link className="rows" href={`${location.pathname}?version=${encodeURIComponent(word)}`}>
            {count(version.components)}
          </Link>
        </span>
      </td>
      {advisories.map((advisory, column) => {
        const verdict = version.verdicts[column] ?? 'unknown';
        const joins = (other: PackageVersion | undefined) => other !== undefined && verdict === 'affected' && other.verdicts[column] === 'affected';
        return (
          <td key={advisory.key} className={styles['cell']}>
            <span
              className={styles['mark']}
              data-verdict={verdict}
              data-tone={advisory.severity}
              data-up={joins(above) || undefined}
              data-down={joins(below) || undefined}
            >
              {verdict === 'affected' ? <Glyph kind={advisory.severity} /> : verdict === 'unknown' ? <Glyph kind="unknown" /> : <Check />}
              <span className="hidden">{verdict}</span>
            </span>
          </td>
        );
      })}
    </tr>
  );
}

function Check() {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" className={styles['check']} aria-hidden="true">
      <path d="m2.5 6.3 2.3 2.3 4.7-5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

function Legend({ more }: { readonly more: number }) {
  return (
    <>
      <span className="line">
        <Glyph kind="critical" /> affected
        <Check /> not in the range
        <Glyph kind="unknown" /> version not known, counted apart
      </span>
      {more > 0 && <span>{counted(more, 'more advisory', 'more advisories')} not drawn</span>}
    </>
  );
}
