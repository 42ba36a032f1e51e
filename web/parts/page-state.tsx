import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from './api.ts';
import styles from './page-state.module.css';

/** Grey bars of row height, shown only when loading takes longer than 300 ms. */
export function Loading({ rows = 8 }: { readonly rows?: number }) {
  return (
    <div className={styles['loading']} role="status">
      <span className="hidden">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} style={{ width: `${92 - ((row * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

/** Says that there is nothing, why, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <p className="name">{title}</p>
      {children !== undefined && <p className="faint">{children}</p>}
    </div>
  );
}

/** Says what failed, what still holds and what to do, with an id to quote. */
export function Failed({ what, error, retry }: { readonly what: string; readonly error: unknown; readonly retry: () => void }) {
  const known = error instanceof ApiError ? error : null;
  return (
    <div className={styles['failed']} role="alert">
      <p>
        <b className="name">Could not load {what}.</b> {known?.message ?? 'Something went wrong in the page.'}
        {known?.failure != null && known.failure.instance !== '' && <span className="faint"> (ref {known.failure.instance})</span>}
      </p>
      <button type="button" className="button" data-size="small" onClick={retry}>
        Retry
      </button>
    </div>
  );
}

export type AnsweredProps<Body> = {
  readonly query: UseQueryResult<Body>;
  /** What is being loaded, in words for a failure: "the catalogue". */
  readonly what: string;
  readonly rows?: number;
  readonly children: (body: Body) => ReactNode;
};

/** Shows an answer once it is there; old rows stay while new ones load, and a failure shows beside what still holds. */
export function Answered<Body>({ query, what, rows = 8, children }: AnsweredProps<Body>) {
  const failure = query.isError ? <Failed what={what} error={query.error} retry={() => void query.refetch()} /> : null;
  if (query.data === undefined) return failure ?? <Loading rows={rows} />;
  return (
    <>
      {failure}
      {children(query.data)}
    </>
  );
}
