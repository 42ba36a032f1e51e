import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import type { IncidentDetail } from '#server/schemas/incident.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { inWords, send } from '../../parts/api.ts';
import { textOf } from '../../parts/form-text.ts';
import styles from './incident.module.css';

type ChangeProps = { readonly incident: IncidentDetail; readonly onClose: () => void };

/** Says which published advisory the incident is. */
export function NameIncident({ incident, onClose }: ChangeProps) {
  return (
    <Change
      title="Give it its CVE"
      about="From then on the two are one: every finding, clock and decision made about either stays."
      onClose={onClose}
      act={(said) => ({ kind: 'name-incident', body: { incident: incident.id, alias: said('alias') } })}
      version={incident.version}
    >
      <label>
        Id of the published advisory
        <input className="field mono" name="alias" required placeholder="CVE-2021-44228" />
      </label>
    </Change>
  );
}

/** Says anew which versions it is about, since more is known. */
export function CorrectIncident({ incident, onClose }: ChangeProps) {
  const { introduced = null, fixed = null, versions = [] } = incident.affected ?? {};
  return (
    <Change
      title="Correct the versions"
      about="Our own advisory stands until you change it: while it names no fixed version, no upgrade ends the incident."
      onClose={onClose}
      act={(said) => ({
        kind: 'correct-incident',
        body: {
          incident: incident.id,
          affected: {
            introduced: said('introduced') || null,
            fixed: said('fixed') || null,
            versions: said('versions')
              .split(/[\s,]+/)
              .filter((version) => version !== ''),
          },
        },
        words: { reason: said('reason') },
      })}
      version={incident.version}
    >
      <label>
        Affected from
        <input className="field mono" name="introduced" defaultValue={introduced ?? ''} placeholder="first version" />
      </label>
      <label>
        Fixed in
        <input className="field mono" name="fixed" defaultValue={fixed ?? ''} placeholder="not known" />
      </label>
      <label>
        Single versions
        <input className="field mono" name="versions" defaultValue={versions.join(' ')} placeholder="in place of or beside the range" />
      </label>
      <label>
        How that is known
        <textarea className="field" name="reason" rows={2} required minLength={3} maxLength={10_000} />
      </label>
    </Change>
  );
}

/** Closes the incident. */
export function CloseIncident({ incident, onClose }: ChangeProps) {
  return (
    <Change
      title="Close the incident"
      about="Findings of what is over stay until inventories say otherwise. A false alarm takes the advisory and its findings back."
      onClose={onClose}
      act={(said) => ({ kind: 'close-incident', body: { incident: incident.id, as: said('as') }, words: { lessons: said('lessons') } })}
      version={incident.version}
    >
      <label>
        As
        <select className="field" name="as" defaultValue="over">
          <option value="over">over</option>
          <option value="false-alarm">false alarm</option>
        </select>
      </label>
      <label>
        What was learnt
        <textarea className="field" name="lessons" rows={4} required minLength={3} maxLength={20_000} />
      </label>
    </Change>
  );
}

type Said = (name: string) => string;
type Asked = { readonly kind: string; readonly body: object; readonly words?: object };

type Props = {
  readonly title: string;
  readonly about: string;
  readonly act: (said: Said) => Asked;
  readonly version: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

function Change({ title, about, act, version, onClose, children }: Props) {
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { kind, ...content } = act((name) => textOf(form, name));
    setFailure(null);
    send('POST', `/v1/acts/${kind}`, { ...content, expects: version })
      .then(async () => {
        await client.invalidateQueries();
        onClose();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Dialog label={title} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <h2>{title}</h2>
        <p>{about}</p>
        {children}
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button">
            {title}
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
