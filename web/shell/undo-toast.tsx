import { useKeys } from '../parts/keys.ts';
import { useUndo } from '../parts/undo.ts';
import styles from './undo-toast.module.css';

/** Says for ten seconds what was done and offers to take it back; `U` does, also later. */
export function UndoToast() {
  const { shown, take } = useUndo();
  useKeys({ u: take });
  return (
    <div role="status" className={styles['place']}>
      {shown !== null && (
        <div className={styles['toast']}>
          {shown.said}
          {shown.undo !== null && (
            <button type="button" className="button" data-size="small" onClick={take}>
              Undo <kbd>U</kbd>
            </button>
          )}
        </div>
      )}
    </div>
  );
}
