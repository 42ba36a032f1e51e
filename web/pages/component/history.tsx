import type { ReceiptSummary } from '#server/schemas/receipt.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, receiptHref } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { day, moment, shortRevision } from '../../parts/words.ts';
import styles from './component.module.css';

const words = { complete: 'Read in full', partial: 'Read in part', failed: 'Could not be read' } as const;
const kinds = { complete: 'ok', partial: 'watch', failed: 'failing' } as const;

/** The observations of a component's source, newest first. */
export function History({ receipts }: { readonly receipts: readonly ReceiptSummary[] }) {
  return (
    <Panel title="Observations" about="Looks at its source, newest first" flush>
      {receipts.length === 0 ? (
        <Empty title="Never observed." />
      ) : (
        <ul className={styles['lines']}>
          {receipts.map((receipt) => (
            <li key={receipt.id}>
              <Glyph kind={kinds[receipt.outcome]} />
              <span className="stack">
                <Link className="name" href={receiptHref(receipt.id)}>
                  {words[receipt.outcome]}
                </Link>
                <span className="faint micro">
                  {receipt.source}
                  {receipt.revision !== null && (
                    <>
                      {' '}
                      <code>{shortRevision(receipt.revision)}</code>
                    </>
                  )}{' '}
                  of {day(receipt.validAt)}
                </span>
              </span>
              <span className="faint micro">{moment(receipt.receivedAt)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
