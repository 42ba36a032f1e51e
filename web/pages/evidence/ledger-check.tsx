import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LedgerCheck } from '#server/schemas/evidence.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Panel } from '../../parts/panel.tsx';
import { count, counted } from '../../parts/words.ts';
import styles from './evidence.module.css';
import { Progress } from './progress.tsx';

/** Whether the ledger holds, as far as the office can say itself, and how others prove it. */
export function LedgerCheckPanel() {
  const [id, setId] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const query = useQuery({
    ...ask('/v1/ledger-checks/:id', { id }),
    enabled: id !== '',
    refetchInterval: ({ state }) => (state.data?.state === 'working' ? 300 : false),
  });
  const verify = () => {
    setFailure(null);
    send('POST', '/v1/ledger-checks', null)
      .then((begun) => setId((begun as LedgerCheck).id))
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  const check = query.data;
  const problem = failure ?? (query.isError ? inWords(query.error) : (check?.problem ?? null));
  return (
    <Panel
      title="Ledger"
      about="Every act rests on the one before. The separate verifier reads all of them and the signed heads that the office keeps."
      actions={
        <button type="button" className="button" disabled={check?.state === 'working'} onClick={verify}>
          Verify the ledger
        </button>
      }
      footer={
        <span className={styles['wrap']}>
          Whoever can write to the database could alter both. Prove it elsewhere: <code>guildhall-verify-ledger --export ledger.jsonl</code> with a
          checkpoint that was kept outside.
        </span>
      }
    >
      {problem !== null && <p role="alert">{problem}</p>}
      {id === '' && problem === null && <p className="quiet">Not verified yet.</p>}
      {check?.state === 'working' && <Progress label="Verifying" progress={check.progress} />}
      {check?.proof != null && <Proof proof={check.proof} />}
    </Panel>
  );
}

function Proof({ proof }: { readonly proof: NonNullable<LedgerCheck['proof']> }) {
  const { holds, entries, head, words, erased, checkpoints, newestCheckpoint, isSigned, faultCount, faults } = proof;
  return (
    <>
      <p className="line" role="status">
        <Glyph kind={holds ? 'ok' : 'failing'} />
        <b className="name">{holds ? 'The ledger holds.' : `The ledger does not hold: ${counted(faultCount, 'fault')}.`}</b>
      </p>
      <dl className={styles['facts']}>
        <dt>Entries</dt>
        <dd>
          {count(entries)}; {count(words)} with words, {count(erased)} whose words were erased
        </dd>
        <dt>Checkpoints</dt>
        <dd>
          {newestCheckpoint === null
            ? 'none was signed, so only the chain itself proves them'
            : `${count(checkpoints)}, the newest at number ${String(newestCheckpoint)}; ${isSigned ? 'signatures were proved' : 'the office has no key here, so signatures were not looked at'}`}
        </dd>
        <dt>Head</dt>
        <dd>
          <code className={styles['hash']}>{head === '' ? 'nobody did anything yet' : head}</code>
        </dd>
      </dl>
      {faults.length > 0 && (
        <ul className={styles['steps']}>
          {faults.slice(0, 20).map(({ seq, fault }) => (
            <li key={`${String(seq)} ${fault}`}>{fault}</li>
          ))}
        </ul>
      )}
    </>
  );
}
