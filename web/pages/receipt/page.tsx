import { IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Receipt } from '#server/schemas/receipt.ts';
import { addressOf, ask } from '../../parts/api.ts';
import { EntityHead } from '../../parts/entity-head.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { usePathParam } from '../../parts/search-params.ts';
import { Panel } from '../../parts/panel.tsx';
import { SignatureBadge } from '../../parts/signature-badge.tsx';
import table from '../../parts/plain-table.module.css';
import { count, counted, moment } from '../../parts/words.ts';
import styles from './receipt.module.css';

const kinds = { read: 'ok', unreadable: 'failing' } as const;
const outcomes = {
  complete: 'Complete: what is not listed is not there',
  partial: 'In part: what was not seen is stale, not gone',
  failed: 'Failed: what was known before is kept, marked stale',
} as const;

/** One observation of one source: when, what was looked at, and what came of it. */
export function Page() {
  const id = usePathParam('id');
  const query = useQuery(ask('/v1/receipts/:id', { id }));
  return (
    <Answered query={query} what="the receipt">
      {(receipt) => <Blocks receipt={receipt} />}
    </Answered>
  );
}

function Blocks({ receipt }: { readonly receipt: Receipt }) {
  return (
    <>
      <EntityHead
        icon={IconReceipt}
        name={receipt.origin}
        badges={<span className="badge">{receipt.source}</span>}
        about={outcomes[receipt.outcome]}
        actions={
          <Link className="button" href={listHref('/sources', { origin: receipt.origin })}>
            Open source
          </Link>
        }
      />
      <div className={styles['page']}>
        <Panel title="Observation">
          <dl className={styles['facts']}>
            <Fact label="Receipt" value={receipt.id} />
            <Fact label="Revision" value={receipt.revision ?? 'none'} />
            <Fact label="Shows the state of" value={`${moment(receipt.validAt)} UTC`} />
            <Fact label="Received" value={`${moment(receipt.receivedAt)} UTC`} />
            <Fact label="Last confirmed" value={`${moment(receipt.confirmedAt)} UTC`} />
          </dl>
        </Panel>
        {receipt.sboms.length > 0 && (
          <Panel title="SBOMs" about="how much they say, of 100, and whether they are proved">
            <ul>
              {receipt.sboms.map(({ component, path, score, signature }) => (
                <li key={`${component} ${path}`} className={styles['sbom']}>
                  <Link className="rows" href={listHref('/sboms', { component })}>
                    {score ?? 'unknown'}
                  </Link>
                  <code>{path}</code>
                  <SignatureBadge signature={signature} />
                  <span className="faint">{signature.because}</span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        {receipt.problems.length > 0 && (
          <Panel title="Problems" about={counted(receipt.problems.length, 'problem')}>
            <ul>
              {receipt.problems.map((problem) => (
                <li key={`${problem.path} ${problem.line} ${problem.message}`} className="line">
                  <Glyph kind={problem.severity === 'error' ? 'failing' : 'watch'} />
                  <span>
                    {problem.message} {problem.path !== null && <code>{problem.path}</code>}
                  </span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <Panel
          title="What was looked at"
          about={`${counted(receipt.paths, 'path')}${receipt.paths > receipt.tree.length ? `, the first ${count(receipt.tree.length)} shown` : ''}`}
          flush
        >
          {receipt.tree.length === 0 ? <Empty title="Nothing was looked at." /> : <Tree receipt={receipt} />}
        </Panel>
      </div>
    </>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt className="quiet">{label}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
}

function Tree({ receipt }: { readonly receipt: Receipt }) {
  return (
    <table className={table['table']}>
      <caption className="hidden">Paths looked at</caption>
      <thead>
        <tr>
          <th scope="col">Path</th>
          <th scope="col">State</th>
          <th scope="col">Hash of the bytes</th>
        </tr>
      </thead>
      <tbody>
        {receipt.tree.map((entry) => (
          <tr key={entry.path}>
            <th scope="row">
              <code>{entry.path}</code>
            </th>
            <td>
              <span className="line">
                {entry.state !== 'absent' && <Glyph kind={kinds[entry.state]} />} {entry.state}
              </span>
            </td>
            <td>
              {entry.hash === null ? <span className="faint">none</span> : <code title={entry.hash}>{entry.hash.slice(0, 16)}</code>}
              {entry.hash !== null && receipt.mayReadRaw && (
                <>
                  {' · '}
                  <a href={addressOf('/v1/receipts/:id/raw', { id: receipt.id }, { path: entry.path })} download>
                    Download<span className="hidden"> {entry.path}</span>
                  </a>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
