import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { SavedView, SavedViewContent } from '#server/schemas/saved-view.ts';
import { inWords } from '../api.ts';
import { Link } from '../link.tsx';
import styles from './saved-views.module.css';
import { contentOf, savedViewHref } from './use-saved-views.ts';

type ViewLineProps = {
  readonly view: SavedView;
  /** True when it is the list that is shown. */
  readonly current: boolean;
  readonly onChange: (view: SavedView, content: SavedViewContent) => Promise<void>;
  readonly onDelete: (view: SavedView) => Promise<void>;
  readonly onOpen: () => void;
};

/** One saved view: a link, and buttons to rename and to delete it. Says which words of its filter the page no longer understands. */
export function ViewLine({ view, current, onChange, onDelete, onOpen }: ViewLineProps) {
  const [name, setName] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const failed = (error: unknown) => setFailure(inWords(error));
  const rename = (event: SubmitEvent) => {
    event.preventDefault();
    if (name !== null) void onChange(view, { ...contentOf(view), name }).then(() => setName(null), failed);
  };
  return (
    <li className={styles['view']}>
      {name === null ? (
        <>
          <Link className={styles['link']} href={savedViewHref(view)} aria-current={current ? 'true' : undefined} onClick={onOpen}>
            {view.name}
          </Link>
          <button type="button" aria-label={`Rename ${view.name}`} title="Rename" onClick={() => setName(view.name)}>
            <IconPencil size={15} stroke={1.75} aria-hidden="true" />
          </button>
          <button type="button" aria-label={`Delete ${view.name}`} title="Delete" onClick={() => void onDelete(view).catch(failed)}>
            <IconTrash size={15} stroke={1.75} aria-hidden="true" />
          </button>
        </>
      ) : (
        <form className="line" onSubmit={rename}>
          <input
            className="field"
            aria-label={`New name of ${view.name}`}
            autoFocus
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="button" data-size="small" disabled={name.trim() === ''}>
            Rename
          </button>
        </form>
      )}
      {view.notUnderstood.length > 0 && (
        <p className={styles['broken']}>Its filter is no longer understood: {view.notUnderstood.join(', ')}. Open it, set it anew and keep it.</p>
      )}
      {failure !== null && <p role="alert">{failure}</p>}
    </li>
  );
}
