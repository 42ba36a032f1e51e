import { useState } from 'react';
import type { PackageAdvisory, PackageDetail, PackageVersion } from '#server/schemas/package.ts';
import { SourceChip, Unknown } from '../../parts/certainty.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted } from '../../parts/words.ts';
import styles from './ladder.module.css';

/** Versions in use against the advisories of the package: which is hit by what. Advisories that hit no version in use are folded away. A row or column narrows the users below. */
export function Ladder({ one }: { readonly one: PackageDetail }) {
  const [all, setAll] = useState(false);
  const hits = one.advisories.flatMap((_, column) =>
    one.versionsInUse.some((version) => version.verdicts[column] !== 'not-affected') ? [column] : [],
  );
  const columns = all ? [...one.advisories.keys()] : hits;
  const { affected, clear, unknown } = one.verdicts;
  const most = Math.max(1, ...one.versionsInUse.map((version) => version.components));
  return (
    <Panel
      title="Versions in use and what affects them"
      about={`${counted(affected, 'component')} affected by at least one advisory · ${clear} clear · ${unknown} unknown`}
      actions={<SourceChip source="advisories" at={one.advisoriesAt} />}
      flush
      footer={<Legend missing={one.advisories.length - hits.length} all={all} onAll={setAll} />}
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
                {columns.map((column) => (
                  <AdvisoryHead key={column} advisory={one.advisories[column]} />
                ))}
                <th className={styles['rest']} aria-hidden="true" />
              </tr>
            </thead>
            <tbody>
              {one.versionsInUse.map((version, row) => (
                <VersionRow
                  key={version.version ?? ''}
                  version={version}
                  advisories={one.advisories}
                  columns={columns}
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

function AdvisoryHead({ advisory }: { readonly advisory: PackageAdvisory | undefined }) {
  const [search, change] = useSearchParams();
  if (advisory === undefined) return null;
  const on = search['advisory'] === advisory.key;
  return (
    <th scope="col" className={styles['advisory']} data-tone={advisory.severity}>
      <button type="button" aria-pressed={on} title={advisory.title} onClick={() => change({ advisory: on ? undefined : advisory.key })}>
        <b>{advisory.ids[0] ?? advisory.key}</b>
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
  /** Places of the advisories that are drawn. */
  readonly columns: readonly number[];
  readonly most: number;
  readonly above: PackageVersion | undefined;
  readonly below: PackageVersion | undefined;
};

function VersionRow({ version, advisories, columns, most, above, below }: VersionRowProps) {
  const [search, change] = useSearchParams();
  const word = version.version ?? 'unknown';
  const on = search['version'] === word;
  const isOpen = version.verdicts.some((verdict) => verdict === null || verdict === 'unknown');
  const tone = version.verdicts.includes('affected') ? 'critical' : isOpen ? 'unknown' : 'ok';
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
      {columns.map((column) => {
        const severity = advisories[column]?.severity ?? 'unknown';
        const verdict = version.verdicts[column] ?? 'unknown';
        const joins = (other: PackageVersion | undefined) => other !== undefined && verdict === 'affected' && other.verdicts[column] === 'affected';
        return (
          <td key={column} className={styles['cell']}>
            <span
              className={styles['mark']}
              data-verdict={verdict}
              data-tone={severity}
              data-up={joins(above) || undefined}
              data-down={joins(below) || undefined}
            >
              {verdict === 'affected' ? <Glyph kind={severity} /> : verdict === 'unknown' ? <Glyph kind="unknown" /> : <Check />}
              <span className="hidden">{verdict}</span>
            </span>
          </td>
        );
      })}
      <td aria-hidden="true" />
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

type LegendProps = { readonly missing: number; readonly all: boolean; readonly onAll: (all: boolean) => void };

function Legend({ missing, all, onAll }: LegendProps) {
  return (
    <>
      <span className="line">
        <Glyph kind="critical" /> affected
        <Check /> not in the range
        <Glyph kind="unknown" /> version not known, counted apart
      </span>
      {missing > 0 && (
        <button type="button" className="button" data-size="small" aria-expanded={all} onClick={() => onAll(!all)}>
          {all ? 'Hide' : 'Show'} {counted(missing, 'advisory', 'advisories')} that {missing === 1 ? 'hits' : 'hit'} no version in use
        </button>
      )}
    </>
  );
}
