import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './entity-head.module.css';

export type EntityHeadProps = {
  readonly icon: Icon;
  readonly name: string;
  readonly badges?: ReactNode;
  readonly about: ReactNode;
  readonly actions?: ReactNode;
};

/** The row that says which thing a page is about: icon, name, badges, one line, actions. */
export function EntityHead({ icon: IconShown, name, badges, about, actions }: EntityHeadProps) {
  return (
    <div className={styles['head']}>
      <span className={styles['icon']}>
        <IconShown size={20} stroke={1.5} aria-hidden="true" />
      </span>
      <div className="stack">
        <div className={styles['name']}>
          <h1>{name}</h1>
          {badges}
        </div>
        <p className="faint">{about}</p>
      </div>
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}
