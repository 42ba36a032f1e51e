import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { ComponentArtifacts } from '#server/schemas/licence.ts';
import { deliveries, linkings, type Delivery, type Linking } from '#model/licence.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { deliveryWords } from '../../parts/policy-verdict.tsx';
import { counted } from '../../parts/words.ts';
import { Dialog } from '../../shell/dialog.tsx';
import styles from './delivered-as.module.css';

const questionWords = {
  licence: 'Under which licence it is',
  delivery: 'How it is delivered',
  linking: 'How it is linked',
  modified: 'Whether it is changed here',
};

/** How what a component makes is delivered, which decides what its licences ask for; what nobody said is asked of its owner. */
export function DeliveredAs({ component }: { readonly component: string }) {
  const query = useQuery(ask('/v1/components/:ref/artifacts', { ref: component }));
  const session = useQuery(ask('/v1/session'));
  const [open, setOpen] = useState(false);
  const mayDeclare = session.data?.permissions.includes('artifacts:write') === true;
  return (
    <Panel
      title="Delivered as"
      about="decides what licences ask for"
      actions={
        mayDeclare && (
          <button type="button" className="button" data-size="small" onClick={() => setOpen(true)}>
            Declare…
          </button>
        )
      }
    >
      <Answered query={query} what="what it delivers" rows={2}>
        {(said) => (
          <>
            <Declared said={said} />
            {open && <DeclareDialog component={component} onClose={() => setOpen(false)} />}
          </>
        )}
      </Answered>
    </Panel>
  );
}

function Declared({ said: { artifacts, questions, team } }: { readonly said: ComponentArtifacts }) {
  return (
    <ul className={styles['list']}>
      {artifacts.map((each) => (
        <li key={each.name}>
          <b>{each.name}</b> {each.deliveries.map((delivery) => deliveryWords[delivery]).join(', ')} ·{' '}
          {each.linking === null ? <Unknown>linking not said</Unknown> : `linked ${each.linking === 'static' ? 'statically' : 'dynamically'}`} ·{' '}
          {each.modified === null ? <Unknown>changes not said</Unknown> : each.modified ? 'open source changed here' : 'unchanged'}
          {each.outbound !== null && (
            <>
              {' '}
              · given out under <code>{each.outbound}</code>
            </>
          )}
        </li>
      ))}
      {artifacts.length === 0 && (
        <li>
          <Unknown>Nobody said how it is delivered.</Unknown>
        </li>
      )}
      {questions.map(({ about, versions }) => (
        <li key={about}>
          <Unknown>{questionWords[about]}?</Unknown>{' '}
          <span className="faint">{`asked of ${team ?? 'an owner it does not have'}: ${counted(versions, 'package version')} wait`}</span>
        </li>
      ))}
    </ul>
  );
}

function DeclareDialog({ component, onClose }: { readonly component: string; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('main');
  const [chosen, setChosen] = useState<readonly Delivery[]>([]);
  const [linking, setLinking] = useState<Linking | null>(null);
  const [modified, setModified] = useState<boolean | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send('POST', '/v1/acts/declare-artifact', { body: { component, name, deliveries: chosen, linking, modified } })
      .then(async () => {
        await client.invalidateQueries();
        onClose();
      })
      .catch((error: unknown) => {
        setFailure(inWords(error));
      });
  };
  return (
    <Dialog label="Declare what it delivers" onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <h2>Declare what it delivers</h2>
        <label>
          Name of what is delivered
          <input className="field" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <fieldset>
          <legend>Every way in which it is delivered</legend>
          {deliveries.map((each) => (
            <label key={each} className={styles['choice']}>
              <input
                type="checkbox"
                checked={chosen.includes(each)}
                onChange={(event) => setChosen(event.target.checked ? [...chosen, each] : chosen.filter((one) => one !== each))}
              />
              {deliveryWords[each]}
            </label>
          ))}
        </fieldset>
        <label>
          Linked
          <select
            className="field"
            value={linking ?? ''}
            onChange={(event) => setLinking(linkings.find((each) => each === event.target.value) ?? null)}
          >
            <option value="">not known</option>
            <option value="static">statically</option>
            <option value="dynamic">dynamically</option>
          </select>
        </label>
        <label>
          Open source in it is changed here
          <select
            className="field"
            value={modified === null ? '' : String(modified)}
            onChange={(event) => setModified(event.target.value === '' ? null : event.target.value === 'true')}
          >
            <option value="">not known</option>
            <option value="false">no</option>
            <option value="true">yes</option>
          </select>
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" disabled={chosen.length === 0 || name === ''}>
            Declare
          </button>
        </div>
      </form>
    </Dialog>
  );
}
