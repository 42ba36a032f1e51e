import { Fragment } from 'react';
import styles from './key-hints.module.css';

/** Keys and what they do, quietly in a footer. */
export function KeyHints({ hints }: { readonly hints: readonly (readonly [keys: readonly string[], does: string])[] }) {
  return (
    <span className={styles['hints']}>
      {hints.map(([keys, does]) => (
        <span key={does}>
          {keys.map((key) => (
            <Fragment key={key}>
              <kbd>{key}</kbd>{' '}
            </Fragment>
          ))}
          {does}
        </span>
      ))}
    </span>
  );
}
