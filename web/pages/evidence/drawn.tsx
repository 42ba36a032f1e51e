import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { EvidencePack } from '#server/schemas/evidence.ts';
import { addressOf, inWords, send } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { count, counted, moment } from '../../parts/words.ts';
import styles from './evidence.module.css';
import { Progress } from './progress.tsx';
import { questionInWords } from './question-words.ts';

/** How far it is, then what was drawn: count, hash, coverage, and the pack to take along. */
export function Drawn({ pack, again }: { readonly pack: EvidencePack; readonly again: () => void }) {
  const [failure, setFailure] = useState<string | null>(null);
  const cancel = () => {
    send('DELETE', addressOf('/v1/evidence-packs/:id', { id: pack.id }, {}), null)
      .then(again)
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Panel
      title="What was drawn"
      about={questionInWords(pack.question)}
      actions={
        pack.state === 'done' ? (
          <a className="button" href={addressOf('/v1/evidence-packs/:id/file', { id: pack.id }, {})} download={`evidence-${pack.id}.zip`}>
            <IconDownload size={16} stroke={1.75} aria-hidden="true" /> Download the pack
          </a>
        ) : undefined
      }
      footer={
        <span>
          Drawn {moment(pack.drawnAt)} UTC,{' '}
          <Link className="rows" href={listHref('/decisions', { subject: `evidence:${pack.id}` })}>
            on record
          </Link>
        </span>
      }
    >
      {pack.state === 'working' && (
        <div className="line">
          <Progress label="Making the evidence" progress={pack.progress} />
          <button type="button" className="button" data-size="small" onClick={cancel}>
            Cancel
          </button>
        </div>
      )}
      {failure !== null && <p role="alert">{failure}</p>}
      {pack.state === 'cancelled' && <p role="status">It was cancelled. Draw it again when you want it.</p>}
      {pack.state === 'failed' && <p role="alert">{pack.problem}</p>}
      {pack.population !== null && pack.coverage !== null && (
        <dl className={styles['facts']}>
          <dt>Rows in the population</dt>
          <dd>
            <b className="name">{count(pack.population.count)}</b> <span className="faint">all of them are in population.csv of the pack</span>
          </dd>
          <dt>SHA-256 over their sorted ids</dt>
          <dd>
            <code className={styles['hash']}>{pack.population.hash}</code>
          </dd>
          <dt>Coverage</dt>
          <dd>
            <Coverage coverage={pack.coverage} />
          </dd>
          <dt>Ledger</dt>
          <dd>
            <LedgerEnd ledger={pack.ledger} />
          </dd>
        </dl>
      )}
      {pack.sample?.length === 0 && <p role="status">No row meets this, so there is nothing to draw.</p>}
    </Panel>
  );
}

function Coverage({ coverage }: { readonly coverage: NonNullable<EvidencePack['coverage']> }) {
  const { components, read, notRead, stale, withoutOwner } = coverage;
  return (
    <>
      Of {counted(components, 'component')} {count(read)} were read
      {notRead > 0 && (
        <>
          {' '}
          and <Unknown why="What was not read can have no finding here: its absence says nothing.">{count(notRead)} were not</Unknown>
        </>
      )}
      ; {count(stale)} stale, {count(withoutOwner)} without an owner.
    </>
  );
}

function LedgerEnd({ ledger }: { readonly ledger: EvidencePack['ledger'] }) {
  if (ledger === null) return null;
  return (
    <>
      {counted(ledger.entries, 'entry', 'entries')} by that day;{' '}
      {ledger.checkpoint === null ? (
        <Unknown why="No head of the ledger had been signed by then.">no checkpoint</Unknown>
      ) : (
        `signed up to number ${String(ledger.checkpoint)}`
      )}
      ; {ledger.isExported ? 'the whole ledger is in the pack.' : 'the ledger itself is not in the pack.'}
    </>
  );
}
