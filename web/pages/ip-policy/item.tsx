import type { ReactNode } from 'react';
import styles from './ip-policy.module.css';

type ItemProps = {
  /** What it is, shut. */
  readonly head: ReactNode;
  /** What it is called, for buttons. */
  readonly name: string;
  readonly isOpen?: boolean;
  /** Puts it before the one before, or behind the next; absent where the order means nothing. */
  readonly onMove?: ((step: -1 | 1) => void) | undefined;
  readonly onRemove: () => void;
  readonly children: ReactNode;
};

/** One thing of a list of the policy: shut it says what it is, open it is changed. */
export function Item({ head, name, isOpen = false, onMove, onRemove, children }: ItemProps) {
  return (
    <li>
      <details className={styles['item']} open={isOpen}>
        <summary>{head}</summary>
        <div className={styles['form']}>
          {children}
          <div className="line">
            {onMove !== undefined && (
              <>
                <button type="button" className="button" data-size="small" aria-label={`${name}: earlier`} onClick={() => onMove(-1)}>
                  Earlier
                </button>
                <button type="button" className="button" data-size="small" aria-label={`${name}: later`} onClick={() => onMove(1)}>
                  Later
                </button>
              </>
            )}
            <button type="button" className="button" data-size="small" aria-label={`Remove ${name}`} onClick={onRemove}>
              Remove
            </button>
          </div>
        </div>
      </details>
    </li>
  );
}

/** A list with one thing in another form; without it where that is null. */
export function withItem<Thing>(list: readonly Thing[], at: number, next: Thing | null): readonly Thing[] {
  return list.flatMap((each, index) => (index === at ? (next === null ? [] : [next]) : [each]));
}

/** A list with one thing a place earlier or later; the same at its ends. */
export function withMoved<Thing>(list: readonly Thing[], at: number, step: -1 | 1): readonly Thing[] {
  const [moved, other] = [list[at], list[at + step]];
  if (moved === undefined || other === undefined) return list;
  return list.map((each, index) => (index === at ? other : index === at + step ? moved : each));
}
