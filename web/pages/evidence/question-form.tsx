import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { EvidencePack } from '#server/schemas/evidence.ts';
import { inWords, send } from '../../parts/api.ts';
import { textOf } from '../../parts/form-text.ts';
import { Panel } from '../../parts/panel.tsx';
import styles from './evidence.module.css';
import { populationWords, severities } from './question-words.ts';

type Props = { readonly mayReadLedger: boolean; readonly onDrawn: (id: string) => void };

/** The population in filters; what is asked stands below in words before it is drawn. */
export function QuestionForm({ mayReadLedger, onDrawn }: Props) {
  const today = new Date().toISOString().slice(0, 10);
  const [population, setPopulation] = useState<EvidencePack['question']['population']>('findings');
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const text = (name: string): string | null => textOf(said, name) || null;
    setFailure(null);
    setSending(true);
    send('POST', '/v1/evidence-packs', {
      population,
      team: text('team'),
      severity: text('severity'),
      about: text('about'),
      asOf: text('asOf') ?? today,
      known: text('known') ?? today,
      seed: text('seed') ?? '1',
      size: Number(text('size') ?? 25),
      purpose: text('purpose'),
    })
      .then((made) => onDrawn((made as EvidencePack).id))
      .catch((error: unknown) => setFailure(inWords(error)))
      .finally(() => setSending(false));
  };
  return (
    <Panel title="Population and sample" about="Whoever has the ids and the seed draws the same rows.">
      <form className={styles['form']} onSubmit={submit}>
        <label>
          Population
          <select className="field" value={population} onChange={(event) => setPopulation(event.target.value as typeof population)}>
            {Object.entries(populationWords).map(([value, words]) => (
              <option key={value} value={value} disabled={!mayReadLedger && (value === 'decisions' || value === 'exceptions')}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          Of team
          <input className="field" name="team" placeholder="every team" maxLength={200} />
        </label>
        <label>
          Severity
          <select className="field" name="severity" disabled={population !== 'findings'}>
            <option value="">every severity</option>
            {severities.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          That name
          <input
            className="field mono"
            name="about"
            placeholder="CVE-2021-44228, pkg:npm/lodash, component:…"
            pattern="[A-Za-z0-9][!-~]{2,999}"
            title="An id of an advisory, a purl without version, or the ref of a component"
          />
        </label>
        <label>
          As it was at the end of (UTC)
          <input className="field" type="date" name="asOf" defaultValue={today} max={today} required />
        </label>
        <label>
          As known and decided until
          <input className="field" type="date" name="known" defaultValue={today} max={today} required />
        </label>
        <label>
          Rows in the sample
          <input className="field" type="number" name="size" defaultValue={25} min={1} max={10_000} required />
        </label>
        <label>
          Seed
          <input className="field mono" name="seed" defaultValue="1" pattern="[A-Za-z0-9][A-Za-z0-9 ._\-]{0,99}" required />
        </label>
        <label className={styles['wide']}>
          What it is drawn for
          <input className="field" name="purpose" maxLength={1000} placeholder="shown in the ledger; may be left empty" />
        </label>
        {failure !== null && (
          <p role="alert" className={styles['wide']}>
            {failure}
          </p>
        )}
        <div className={styles['wide']}>
          <button type="submit" className="button" disabled={isSending}>
            Draw the sample
          </button>
        </div>
      </form>
    </Panel>
  );
}
