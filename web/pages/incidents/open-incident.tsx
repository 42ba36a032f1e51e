import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Dialog } from '../../shell/dialog.tsx';
import { newActId } from '../../parts/act-id.ts';
import { inWords, send } from '../../parts/api.ts';
import { textOf } from '../../parts/form-text.ts';
import { Link } from '../../parts/link.tsx';
import styles from './incidents.module.css';

const severities = ['critical', 'high', 'medium', 'low'] as const;

/** Asks what is known and opens the incident; it may be little: a package and why one is worried. */
export function OpenIncident({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [id] = useState(newActId);
  const [state, setState] = useState<'asking' | 'sending' | 'open'>('asking');
  const [by, setBy] = useState<'package' | 'hash'>('package');
  const [failure, setFailure] = useState<string | null>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const text = (name: string): string => textOf(said, name);
    const list = (name: string): readonly string[] =>
      text(name)
        .split(/[\s,]+/)
        .filter((each) => each !== '');
    const range = { introduced: text('introduced') || null, fixed: text('fixed') || null };
    const about = by === 'hash' ? { hashes: list('hashes') } : { affected: { package: text('package'), ...range, versions: list('versions') } };
    setFailure(null);
    setState('sending');
    send('POST', `/v1/acts/${by === 'hash' ? 'open-hash-incident' : 'open-incident'}`, {
      body: { id, ...about, severity: text('severity') },
      words: { title: text('title'), details: text('details') },
    })
      .then(async () => {
        setState('open');
        await client.invalidateQueries();
      })
      .catch((error: unknown) => {
        setFailure(inWords(error));
        setState('asking');
      });
  };
  if (state === 'open') {
    return (
      <Dialog label="Incident opened" onClose={onClose}>
        <div className={styles['form']} role="status">
          <p>
            {by === 'hash'
              ? 'It is open. What is in use is searched for the file; the page of the incident shows how far that is.'
              : 'It is open. Who is exposed is known within a moment.'}
          </p>
          <Link className="button" href={`/incidents/${id}`}>
            Go to the incident
          </Link>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog label="Open an incident" onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <h2>Open an incident</h2>
        <label>
          What is it
          <input className="field" name="title" required minLength={3} maxLength={300} placeholder="Remote code execution in log4j-core" />
        </label>
        <label>
          Named by
          <select className="field" name="by" value={by} onChange={(event) => setBy(event.target.value === 'hash' ? 'hash' : 'package')}>
            <option value="package">its package</option>
            <option value="hash">the hash of a file</option>
          </select>
        </label>
        {by === 'package' ? <ByPackage /> : <ByHash />}
        <label>
          Severity
          <select className="field" name="severity" defaultValue="critical">
            {severities.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          What is known
          <textarea className="field" name="details" rows={4} maxLength={20_000} />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" disabled={state === 'sending'}>
            Open it and ask every owner
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function ByPackage() {
  return (
    <>
      <label>
        Package
        <input className="field mono" name="package" required placeholder="pkg:maven/org.apache.logging.log4j/log4j-core" />
      </label>
      <div className={styles['row']}>
        <label>
          Affected from
          <input className="field mono" name="introduced" placeholder="first version" />
        </label>
        <label>
          Fixed in
          <input className="field mono" name="fixed" placeholder="not known" />
        </label>
      </div>
      <label>
        Single versions
        <input className="field mono" name="versions" placeholder="2.14.0 2.14.1, in place of or beside the range" />
      </label>
    </>
  );
}

function ByHash() {
  return (
    <label>
      Hashes of the file
      <textarea
        className="field mono"
        name="hashes"
        rows={3}
        required
        placeholder="sha256:… or sha512-… : SHA-1, SHA-256 or SHA-512, in hex or base64"
        title="Lockfiles and SBOMs in use are searched for each of them. A file that names no hash of their kind counts as not searched."
      />
    </label>
  );
}
