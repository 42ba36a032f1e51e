import { IconShieldBolt } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Finding } from '#server/schemas/finding.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { TimeLeft } from '../../parts/time-left.tsx';
import { TriageBadge } from '../../parts/triage-badge.tsx';
import styles from './findings.module.css';
import { isSelected } from './selection.ts';
import type { Selection } from './selection.ts';

export type FindingRowsProps = {
  readonly findings: readonly Finding[];
  /** Id of the one that is open. */
  readonly open: string | undefined;
  /** Rises when the open row shall take the focus. */
  readonly focus: number;
  readonly selection: Selection;
  readonly onToggle: (finding: Finding) => void;
  /** Loads the next ones; null when all are there. */
  readonly onMore: (() => void) | null;
};

const rowHeight = 53;
const spare = 10;

/** Findings as rows of two lines. Only those near what is seen are drawn, so that ten thousand cost no more than forty; the next ones load in time. */
export function FindingRows({ findings, open, focus, selection, onToggle, onMore }: FindingRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [seen, setSeen] = useState({ from: 0, to: 40 });
  const at = findings.findIndex((finding) => finding.id === open);
  const look = () => {
    const element = list.current;
    if (element === null) return;
    const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - spare);
    setSeen({ from, to: from + Math.ceil(element.clientHeight / rowHeight) + 2 * spare });
  };
  useLayoutEffect(look, [findings.length]);
  useEffect(() => {
    if (onMore !== null && seen.to >= findings.length) onMore();
  }, [onMore, seen.to, findings.length]);
  useEffect(() => {
    const element = list.current;
    if (element === null || at === -1) return;
    const [top, bottom] = [at * rowHeight, (at + 1) * rowHeight];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    look();
  }, [at]);
  useEffect(() => {
    if (focus > 0) list.current?.querySelector<HTMLElement>('[aria-current] a, a[aria-current]')?.focus();
  }, [focus, open]);
  const shown = findings.slice(seen.from, seen.to);
  return (
    <ul ref={list} className={styles['rows']} onScroll={look}>
      <li aria-hidden="true" style={{ height: seen.from * rowHeight }} />
      {shown.map((finding) => (
        <Row
          key={finding.id}
          finding={finding}
          current={finding.id === open}
          selected={isSelected(selection, finding)}
          onToggle={() => onToggle(finding)}
        />
      ))}
      <li aria-hidden="true" style={{ height: Math.max(0, findings.length - seen.from - shown.length) * rowHeight }} />
    </ul>
  );
}

type RowProps = { readonly finding: Finding; readonly current: boolean; readonly selected: boolean; readonly onToggle: () => void };

function Row({ finding, current, selected, onToggle }: RowProps) {
  const [search] = useSearchParams();
  const name = finding.package?.name ?? finding.subject;
  return (
    <li className={styles['row']} data-current={current || undefined} data-selected={selected || undefined}>
      <label className={styles['check']}>
        <input type="checkbox" checked={selected} onChange={onToggle} tabIndex={-1} aria-label={`Select ${name} in ${finding.component.name}`} />
      </label>
      <Link href={listHref('/findings', { ...search, id: finding.id })} aria-current={current ? 'true' : undefined}>
        <Glyph kind={finding.severity} />
        <span className="stack">
          <span className={styles['name']}>
            <span className="clip">
              <span className="hidden">{finding.severity}: </span>
              <PackageName name={name} brief /> {finding.advisory !== null && <code>{finding.versions.join(', ') || 'version unknown'}</code>}
            </span>
            {finding.kev !== null && (
              <span className="badge" data-tone="critical">
                KEV
              </span>
            )}
            <TriageBadge triage={finding.triage} />
          </span>
          <span className={styles['about']}>
            <IconShieldBolt size={13} stroke={1.75} aria-hidden="true" />
            <span className="hidden">{finding.rule}: </span>
            <span className="clip">
              {finding.advisory?.ids[0] ?? finding.rule} · {finding.component.name}
            </span>
          </span>
        </span>
        <span className={styles['aside']}>
          <TimeLeft finding={finding} brief />
          <span className="micro clip">
            <TeamName team={finding.team} />
          </span>
        </span>
      </Link>
    </li>
  );
}
