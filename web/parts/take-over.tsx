import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { ApprovalImportOutcome } from '#server/schemas/imported-approval.ts';
import { ask, inWords, sendFile } from './api.ts';
import { textOf } from './form-text.ts';
import styles from './imported.module.css';
import { Panel } from './panel.tsx';
import { ReadProblems } from './read-problems.tsx';
import { printSearch } from './search-params.ts';

/** What every import answers. */
type Outcome = Omit<ApprovalImportOutcome, 'batches'>;

type TakeOverProps<Told extends Outcome> = {
  readonly path: '/v1/decision-imports' | '/v1/approval-imports';
  readonly permission: string;
  /** Which files. */
  readonly about: string;
  /** What CSV columns of one's own look like. */
  readonly columns: string;
  /** What came of it, in a sentence. */
  readonly toldOf: (outcome: Told) => string;
};

/** Takes over a file of another tool, and says what came of it and what could not be taken. */
export function TakeOver<Told extends Outcome>({ path, permission, about, columns, toldOf }: TakeOverProps<Told>) {
  const client = useQueryClient();
  const session = useQuery(ask('/v1/session'));
  const may = session.data?.permissions.some((each) => each === permission) === true;
  const [outcome, setOutcome] = useState<Told | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const take = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const file = said.get('file');
    if (!(file instanceof File)) return;
    setFailure(null);
    setSending(true);
    const given = (name: string): string | undefined => (textOf(said, name) === '' ? undefined : textOf(said, name));
    sendFile(`${path}${printSearch({ file: file.name, component: given('component'), columns: given('columns') })}`, file)
      .then(async (done) => {
        setOutcome(done as Told);
        await client.invalidateQueries();
      })
      .catch((error: unknown) => setFailure(inWords(error)))
      .finally(() => setSending(false));
  };
  return (
    <Panel title="Take over a file" about={about} flush>
      <form className={styles['form']} onSubmit={take}>
        <label>
          File
          <input className="field" type="file" name="file" required disabled={!may} />
        </label>
        <label>
          Component, where the file does not name it
          <input className="field mono" name="component" placeholder="component:…" maxLength={300} />
        </label>
        <label>
          Columns, of CSV with others
          <input className="field mono" name="columns" placeholder={columns} maxLength={2000} />
        </label>
        <button type="submit" className="button" disabled={!may || isSending}>
          Take it over, unconfirmed
        </button>
        {failure !== null && <p role="alert">{failure}</p>}
        {outcome !== null && <p role="status">{toldOf(outcome)}</p>}
      </form>
      {outcome !== null && outcome.problems.length > 0 && <ReadProblems problems={outcome.problems} />}
    </Panel>
  );
}
