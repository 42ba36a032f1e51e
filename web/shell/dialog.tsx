import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import styles from './dialog.module.css';

/** The browser's own modal dialog: keeps the focus inside, closes with Esc or a click beside it, gives the focus back. */
export function Dialog({ label, onClose, children }: { readonly label: string; readonly onClose: () => void; readonly children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element?.open === false) element.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-label={label}
      aria-modal="true"
      role="dialog"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles['inside']}>{children}</div>
    </dialog>
  );
}
