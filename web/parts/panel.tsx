import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './panel.module.css';

export type PanelProps = {
  readonly title: ReactNode;
  /** What the panel answers, or counts, in a line. */
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  /** Rows reach from edge to edge. */
  readonly flush?: boolean;
  readonly children: ReactNode;
};

/** A titled box with hairline border; a region of the page. */
export function Panel({ title, about, actions, footer, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles['panel']} aria-labelledby={id}>
      <header className={styles['head']}>
        <div>
          <h2 id={id}>{title}</h2>
          {about !== undefined && <p>{about}</p>}
        </div>
        {actions !== undefined && <div className="line">{actions}</div>}
      </header>
      <div className={flush ? styles['flush'] : styles['body']}>{children}</div>
      {footer !== undefined && <footer className={styles['foot']}>{footer}</footer>}
    </section>
  );
}

/** The head of a page: title, one line about it, actions at the right. */
export function PageHead({ title, about, actions }: { readonly title: string; readonly about: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className={styles['page']}>
      <div className="stack">
        <h1>{title}</h1>
        <p>{about}</p>
      </div>
      {actions !== undefined && <div className="line">{actions}</div>}
    </div>
  );
}
