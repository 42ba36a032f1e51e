import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { ImportOutcome } from '#server/schemas/imported-decision.ts';
import { ask, inWords, sendFile } from '../../parts/api.ts';
import { textOf } from '../../parts/form-text.ts';
import { Panel } from '../../parts/panel.tsx';
import { ReadProblems } from '../../parts/read-problems.tsx';
import { printSearch } from '../../parts/search-params.ts';
import { count, counted } from '../../parts/words.ts';
import styles from '../../parts/imported.module.css';

/** Takes over a file: VEX, an ignore file, or the audit trail of another tool. */
export function TakeOver() {
  const client = useQueryClient();
  const session = useQuery(ask('/v1/session'));
  const may = session.data?.permissions.includes('findings:propose') === true;
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const take = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const file = said.get('file');
    if (!(file instanceof File)) return;
    setFailure(null);
    setSending(true);
    const component = textOf(said, 'component');
    sendFile(`/v1/decision-imports${printSearch({ file: file.name, component: component === '' ? undefined : component })}`, file)
      .then(async (done) => {
        setOutcome(done as ImportOutcome);
        await client.invalidateQueries();
      })
      .catch((error: unknown) => setFailure(inWords(error)))
      .finally(() => setSending(false));
  };
  return (
    <Panel
      title="Take over a file"
      about="OpenVEX, CSAF, CycloneDX, .trivyignore, osv-scanner.toml, .snyk, suppressions, Dependency-Track, CSV"
      flush
    >
      <form className={styles['form']} onSubmit={take}>
        <label>
          File
          <input className="field" type="file" name="file" required disabled={!may} />
        </label>
        <label>
          Component, where the file does not name it
          <input className="field mono" name="component" placeholder="component:…" maxLength={300} />
        </label>
        <button type="submit" className="button" disabled={!may || isSending}>
          Take it over, unconfirmed
        </button>
        {failure !== null && <p role="alert">{failure}</p>}
        {outcome !== null && (
          <p role="status">
            {counted(outcome.imported, 'decision')} taken over from {outcome.format}, {count(outcome.matched)} about an open finding;{' '}
            {count(outcome.known)} known before, {count(outcome.fixed)} said to be fixed, {count(outcome.expired)} expired.
          </p>
        )}
      </form>
      {outcome !== null && outcome.problems.length > 0 && <ReadProblems problems={outcome.problems} />}
    </Panel>
  );
}
