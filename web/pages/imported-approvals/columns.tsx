import type { ReactNode } from 'react';
import type { ImportedApproval } from '#server/schemas/imported-approval.ts';
import { Unknown } from '../../parts/certainty.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { Link, componentHref, listHref, packageHref } from '../../parts/link.tsx';
import { PolicyVerdict } from '../../parts/policy-verdict.tsx';
import { counted, day } from '../../parts/words.ts';
import styles from './approvals.module.css';
import { approvalStateWords, approvalWordsShown } from './words.ts';

/** The columns of imported approvals; those that wait can be chosen, where `chosen` is not null. */
export function approvalColumns(
  chosen: ReadonlyMap<string, ImportedApproval> | null,
  onToggle: (row: ImportedApproval) => void,
): readonly Column<ImportedApproval>[] {
  return [
    {
      id: 'says',
      head: 'Says',
      sort: 'package',
      cell: (row) => (
        <span className={styles['said']}>
          {chosen !== null && row.state === 'unconfirmed' && (
            <input type="checkbox" aria-label={`Choose ${nameOf(row)}`} checked={chosen.has(row.id)} onChange={() => onToggle(row)} />
          )}
          <Said row={row} />
        </span>
      ),
    },
    { id: 'use', head: 'In use here', cell: (row) => <InUse row={row} /> },
    { id: 'verdict', head: 'Verdict now and with it', cell: (row) => <NowAndWith row={row} /> },
    { id: 'from', head: 'From', sort: 'at', cell: (row) => <From row={row} /> },
    { id: 'state', head: 'Stands', sort: 'until', cell: (row) => <Stands row={row} /> },
  ];
}

type RowProps = { readonly row: ImportedApproval };

function nameOf(row: ImportedApproval): string {
  return row.package ?? row.licence ?? 'everything';
}

/** One version is shown as it is called, everything else as it is meant. */
function versionsShown(range: string): string {
  const [, version] = /^vers:[a-z]+\/=?([^|<>=!*]+)$/.exec(range) ?? [];
  try {
    return version === undefined ? range : decodeURIComponent(version);
  } catch {
    return range;
  }
}

function Said({ row }: RowProps) {
  const href = row.package === null ? listHref('/licences', { q: row.normal ?? row.licence ?? undefined }) : packageHref(row.package);
  return (
    <span className="stack">
      <Link data-row-link className="name" href={href}>
        {approvalWordsShown[row.says]}: {nameOf(row)}
      </Link>
      {row.range !== null && <span className="mono micro">{versionsShown(row.range)}</span>}
      {row.package !== null && row.licence !== null && (
        <span className="micro">
          {row.says === 'concluded' ? 'is under' : 'under'} {row.licence}
        </span>
      )}
      {row.licence !== null && row.normal === null && (
        <span className="micro">
          <Unknown why="The name is no SPDX expression, so that who confirms says which licence is meant">no SPDX expression</Unknown>
          {row.suggestion !== null && ` Perhaps ${row.suggestion}.`}
        </span>
      )}
      {row.conditions !== null && <span className="micro">Conditions: {row.conditions}</span>}
      {row.reason !== null && <span className={`faint micro ${styles['reason'] ?? ''}`}>{row.reason}</span>}
    </span>
  );
}

function InUse({ row }: RowProps) {
  return (
    <span className="stack">
      {row.component === null ? <span className="faint">every component</span> : <Link href={componentHref(row.component)}>{row.component}</Link>}
      {row.versions === 0 ? (
        <span className="faint micro">not in use</span>
      ) : (
        <details className="micro">
          <summary>
            {counted(row.versions, 'version')}, {counted(row.uses, 'use')}
          </summary>
          <ul className={styles['versions']}>
            {row.listed.map((each) => (
              <li key={each.purl}>
                <Link className="rows" href={listHref('/may-i-use', { package: each.purl, for: row.component ?? undefined })}>
                  {each.purl}
                </Link>
                <Change now={each.now} then={each.with} />
              </li>
            ))}
          </ul>
          {row.versions > row.listed.length && <p className="faint">and {counted(row.versions - row.listed.length, 'more version')}</p>}
        </details>
      )}
    </span>
  );
}

function NowAndWith({ row }: RowProps) {
  if (row.now === null) return <span className="faint">nothing to judge</span>;
  if (row.says === 'denied')
    return (
      <span className="stack">
        <PolicyVerdict verdict={row.now} />
        <span className="faint micro">permits nothing</span>
      </span>
    );
  return <Change now={row.now} then={row.with} />;
}

function Change({ now, then }: { readonly now: NonNullable<ImportedApproval['now']>; readonly then: ImportedApproval['with'] }) {
  return (
    <span className={styles['change']}>
      <PolicyVerdict verdict={now} />
      {now !== then && (
        <>
          <span aria-hidden="true">→</span>
          <span className="hidden">, with it </span>
          {then === null ? <Unknown why="It is not known which licence is meant">not known</Unknown> : <PolicyVerdict verdict={then} />}
        </>
      )}
    </span>
  );
}

function From({ row }: RowProps) {
  return (
    <span className="stack" title={`SHA-256 ${row.sha256}`}>
      <span>{row.source}</span>
      <span className="faint micro">
        {row.file ?? 'file erased'}
        {row.line !== null && `, line ${String(row.line)}`}
      </span>
      {row.saidBy !== null && <span className="faint micro">by {row.saidBy}</span>}
      <span className="faint micro">taken over by {row.importedBy.name ?? row.importedBy.id}</span>
      <span className="faint micro">{day(row.at)}</span>
    </span>
  );
}

function Stands({ row }: RowProps) {
  return (
    <span className="stack">
      {stateOf(row)}
      {(row.state === 'unconfirmed' || row.state === 'confirmed') && (
        <span className="faint micro">
          {row.state === 'confirmed' ? (
            <Link className="rows" href={confirmedHref(row)}>
              until
            </Link>
          ) : (
            'forgotten on'
          )}{' '}
          {day(row.until)}
        </span>
      )}
      {row.answered !== null && <span className="faint micro">by {row.answered.name ?? row.answered.by}</span>}
      {row.conflicts.map((each) => (
        <Link key={each.id} className="micro" href={listHref('/approvals', { source: each.source, conflicting: 'true' })}>
          {each.source} says: {approvalWordsShown[each.says].toLowerCase()}
          {each.licence !== null && each.licence !== row.normal && ` (${each.licence})`}
        </Link>
      ))}
    </span>
  );
}

/** Where what it became is listed. */
function confirmedHref(row: ImportedApproval): string {
  return row.says === 'concluded' && row.package !== null
    ? packageHref(row.package)
    : listHref('/exceptions', { q: row.package ?? row.normal ?? undefined });
}

function stateOf(row: ImportedApproval): ReactNode {
  if (row.state === 'unconfirmed')
    return <Unknown why="No verdict counts it until counsel stands behind it">{approvalStateWords[row.state]}</Unknown>;
  return (
    <span className="badge" data-tone={row.state === 'confirmed' ? 'ok' : undefined}>
      {approvalStateWords[row.state]}
    </span>
  );
}
