import type { ReactNode } from 'react';
import styles from './list-page.module.css';

export type ListPageProps = {
  readonly title: string;
  readonly facets: ReactNode;
  readonly bar: ReactNode;
  /** The line above the table: count, base, coverage, time. */
  readonly line: ReactNode;
  readonly children: ReactNode;
};

/** A list over the whole page: facets at the left, query bar, the line that says what is shown, and the table. */
export function ListPage({ title, facets, bar, line, children }: ListPageProps) {
  return (
    <div className={styles['page']}>
      <h1 className="hidden">{title}</h1>
      <aside className={styles['facets']} aria-label="Filters">
        {facets}
      </aside>
      <div className={styles['list']}>
        <div className={styles['bar']}>{bar}</div>
        <div className={styles['line']} aria-live="polite">
          {line}
        </div>
        {children}
      </div>
    </div>
  );
}
