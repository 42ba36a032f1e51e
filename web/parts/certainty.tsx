import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './certainty.module.css';
import { useNow } from './now.ts';
import { age, moment, percent } from './words.ts';

/** A word where nothing is known, dashed, with the reason why. Never a 0, a dash or a blank. */
export function Unknown({ children = 'Unknown', why }: { readonly children?: ReactNode; readonly why?: string | undefined }) {
  return (
    <span className={styles['unknown']} title={why}>
      {children}
      {why !== undefined && <span className="hidden"> ({why})</span>}
    </span>
  );
}

/** How much was looked at: solid is known, hatched is not. A null share is all hatch. */
export function CoverageBar({ share, width }: { readonly share: number | null; readonly width?: number }) {
  return (
    <span className={styles['bar']} style={{ width }} aria-hidden="true">
      <span style={{ width: `${(share ?? 0) * 100}%` }} />
    </span>
  );
}

/** Coverage and age in small type, for beside a number. */
export function EvidenceLine({ share, at, what }: { readonly share: number | null; readonly at?: string | null; readonly what: string }) {
  const now = useNow();
  return (
    <span className={styles['evidence']}>
      <CoverageBar share={share} width={28} />
      {share === null ? 'unknown' : percent(share)} {what}
      {at != null && ` · ${age(at, now)}`}
    </span>
  );
}

/** An age that shows its full time on hover; amber when it is stale. */
export function Age({ at, stale = false }: { readonly at: string; readonly stale?: boolean }) {
  const now = useNow();
  return (
    <time className={styles['age']} data-stale={stale || undefined} dateTime={at} title={`${moment(at)} UTC`}>
      {age(at, now)}
    </time>
  );
}

export type SourceChipProps = {
  readonly source: string;
  readonly at: string | null;
  /** Its value is the one in use. */
  readonly winner?: boolean;
  readonly stale?: boolean;
  /** What it says and where, shown on click; without it the chip is plain text. */
  readonly children?: ReactNode;
};

/** The name of a source and how old its word is; green for the winner, amber when stale. */
export function SourceChip({ source, at, winner = false, stale = false, children }: SourceChipProps) {
  const now = useNow();
  const state = stale ? 'stale' : winner ? 'winner' : undefined;
  const label = (
    <>
      <b>{source}</b> {at === null ? 'never' : age(at, now)}
      {stale && <span className="hidden"> stale</span>}
      {winner && <span className="hidden"> in use</span>}
    </>
  );
  if (children === undefined) {
    return (
      <span className={styles['chip']} data-state={state}>
        {label}
      </span>
    );
  }
  return (
    <Popover position="bottom-start" shadow="none" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles['chip']} data-state={state}>
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles['card']}>{children}</div>
      </Popover.Dropdown>
    </Popover>
  );
}
