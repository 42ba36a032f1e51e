import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { ComponentDetail } from '#server/schemas/component.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { ask, inWords, send } from '../../parts/api.ts';
import { Link } from '../../parts/link.tsx';
import { offerUndo } from '../../parts/undo.ts';
import { count, counted } from '../../parts/words.ts';
import styles from './decide.module.css';

type Kind = 'retire' | 'return' | 'delete' | 'erase';

type Words = { readonly verb: string; readonly path: string; readonly about: string };

const words: Readonly<Record<Kind, Words>> = {
  retire: {
    verb: 'Retire',
    path: 'retirement',
    about:
      'It lives no longer: its open findings close as retired, not as fixed, and its past stays. It can be brought back, with the clocks it had.',
  },
  return: { verb: 'Bring back', path: 'return', about: 'What its sources show counts again, with the clocks it had before it was retired.' },
  delete: {
    verb: 'Delete',
    path: 'deletion',
    about: 'It goes from every list, total and past day, with the receipts that nothing else needs, and is not read again. This cannot be undone.',
  },
  erase: {
    verb: 'Erase',
    path: 'erasure',
    about:
      'As deleting, and its bytes go from the store, also when a backup is restored. A record of who and why stays, without the content. This cannot be undone.',
  },
};

/** What may be done to a component as a whole; each asks for the reason and shows first what it touches. */
export function Decide({ component }: { readonly component: ComponentDetail }) {
  const [kind, setKind] = useState<Kind | null>(null);
  const { may, retiredAt } = component;
  const offered: readonly Kind[] = [
    ...(may.retire ? [retiredAt === null ? ('retire' as const) : ('return' as const)] : []),
    ...(may.delete ? ['delete' as const] : []),
    ...(may.erase ? ['erase' as const] : []),
  ];
  return (
    <>
      {offered.map((each) => (
        <button key={each} type="button" className="button" data-size="small" onClick={() => setKind(each)}>
          {words[each].verb}…
        </button>
      ))}
      {kind !== null && <DecideDialog component={component} kind={kind} onClose={() => setKind(null)} />}
    </>
  );
}

type DialogProps = { readonly component: ComponentDetail; readonly kind: Kind; readonly onClose: () => void };

function DecideDialog({ component, kind, onClose }: DialogProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [authority, setAuthority] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [state, setState] = useState<'asking' | 'sending' | 'gone'>('asking');
  const { verb, about } = words[kind];
  const decided = async (): Promise<void> => {
    await decide(component.ref, kind, { reason, authority });
    if (kind === 'delete' || kind === 'erase') {
      setState('gone');
      return;
    }
    // Whoever carries it out does so within a moment.
    await untilShown();
    await client.invalidateQueries();
    onClose();
    if (kind === 'retire') {
      offerUndo({
        said: `Retired ${component.name}.`,
        undo: () =>
          decide(component.ref, 'return', { reason: 'Undone at once.', authority })
            .then(untilShown)
            .then(() => client.invalidateQueries()),
      });
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setFailure(null);
    setState('sending');
    decided().catch((error: unknown) => {
      setFailure(inWords(error));
      setState('asking');
    });
  };
  if (state === 'gone') {
    return (
      <Dialog label={`${verb} ${component.name}`} onClose={onClose}>
        <div className={styles['form']} role="status">
          <p>It is recorded, and {component.name} goes from every list within a moment.</p>
          <Link className="button" href="/components">
            Go to the components
          </Link>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog label={`${verb} ${component.name}`} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <h2>
          {verb} {component.name}
        </h2>
        <p>{about}</p>
        {kind !== 'return' && <Touched component={component.ref} kind={kind} />}
        <label>
          Reason
          <input className="field" required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        <label>
          Authority
          <input
            className="field"
            required
            maxLength={500}
            placeholder="owner of the component, or the number of a request"
            value={authority}
            onChange={(event) => setAuthority(event.target.value)}
          />
        </label>
        <p className="faint micro">Reason, authority, your name and the time are kept for good: name nobody else in them.</p>
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" disabled={state === 'sending' || reason.trim() === '' || authority.trim() === ''}>
            {verb}
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the decision touches, and the hold that forbids it. */
function Touched({ component, kind }: { readonly component: string; readonly kind: Exclude<Kind, 'return'> }) {
  const query = useQuery(ask('/v1/components/:ref/extent', { ref: component }, { kind }));
  if (query.data === undefined) return <p className="faint">{query.isError ? inWords(query.error) : 'Counting what it touches…'}</p>;
  const { extent, held } = query.data;
  return (
    <>
      <p>
        Touches {counted(extent.findings, 'open finding')}
        {kind !== 'retire' && `, ${counted(extent.receipts, 'receipt')}, ${counted(extent.readings, 'reading')} and ${count(extent.bytes)} bytes`}.
      </p>
      {held !== null && kind !== 'retire' && <p role="alert">{held}</p>}
    </>
  );
}

function decide(ref: string, kind: Kind, body: { readonly reason: string; readonly authority: string }): Promise<unknown> {
  return send('POST', `/v1/components/${encodeURIComponent(ref)}/${words[kind].path}`, body);
}

function untilShown(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_200));
}
