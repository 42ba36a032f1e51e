import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { SavedViewContent } from '#server/schemas/saved-view.ts';
import { inWords } from '../api.ts';
import styles from './saved-views.module.css';

/** Names the present list, for oneself or for the office. */
export function NewView({ onAdd }: { readonly onAdd: (content: Pick<SavedViewContent, 'name' | 'scope'>) => Promise<unknown> }) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<SavedViewContent['scope']>('own');
  const [failure, setFailure] = useState<string | null>(null);
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    setFailure(null);
    void onAdd({ name, scope }).then(
      () => setName(''),
      (error: unknown) => setFailure(inWords(error)),
    );
  };
  return (
    <form className={styles['new']} onSubmit={add}>
      <h2 className={styles['heading']}>Save this list</h2>
      <input
        className="field"
        aria-label="Name of the view"
        placeholder="Name of the view"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <span className="line">
        <select
          className="field"
          aria-label="Who sees it"
          value={scope}
          onChange={(event) => setScope(event.target.value === 'office' ? 'office' : 'own')}
        >
          <option value="own">Only for me</option>
          <option value="office">For the office</option>
        </select>
        <button type="submit" className="button" disabled={name.trim() === ''}>
          Save the view
        </button>
      </span>
      {failure !== null && <p role="alert">{failure}</p>}
      <p className="faint micro">
        Keeps filters, order and columns. The day that is asked about stays as it is. Who signs in by link shares “me” with all who do.
      </p>
    </form>
  );
}
