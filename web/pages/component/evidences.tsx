import type { Evidence } from '#server/schemas/component.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { evidenceWords } from '../../parts/evidence-name.tsx';
import { Link, receiptHref } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { counted } from '../../parts/words.ts';
import styles from './component.module.css';

/** The files that show what a component contains, and how each was read. */
export function Evidences({ evidences }: { readonly evidences: readonly Evidence[] }) {
  const [, change] = useSearchParams();
  return (
    <Panel title="Evidence" about="The files that show what is in it" flush>
      {evidences.length === 0 ? (
        <Empty title="No file was read.">The problems say why.</Empty>
      ) : (
        <ul className={styles['lines']}>
          {evidences.map((evidence) => (
            <li key={`${evidence.kind} ${evidence.path}`}>
              <span className="stack">
                <button type="button" className={styles['file']} title="Show what this file says" onClick={() => change({ evidence: evidence.path })}>
                  <code>{evidenceWords(evidence)}</code>
                </button>
                <span className="faint micro">
                  {evidence.kind} ·{' '}
                  {evidence.format === null ? <Unknown>no format reads it</Unknown> : `${evidence.format}@${evidence.formatVersion}`} ·{' '}
                  {counted(evidence.packages, 'package')}
                  {evidence.problems > 0 && ` · ${counted(evidence.problems, 'problem')}`}
                </span>
              </span>
              <Link className="quiet micro" href={receiptHref(evidence.receipt)} title="Open the receipt">
                {evidence.readAt === null ? (
                  <Unknown>Never</Unknown>
                ) : (
                  <Age at={evidence.staleSince ?? evidence.readAt} stale={evidence.staleSince !== null} />
                )}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
