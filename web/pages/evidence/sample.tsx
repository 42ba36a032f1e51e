import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { EvidencePack } from '#server/schemas/evidence.ts';
import { ask } from '../../parts/api.ts';
import { KeyHints } from '../../parts/key-hints.tsx';
import { focusRow, useKeys } from '../../parts/keys.ts';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { counted } from '../../parts/words.ts';
import styles from './evidence.module.css';
import { RowChain } from './row-chain.tsx';

type Props = { readonly pack: EvidencePack; readonly sample: readonly string[] };

/** The rows that were drawn, in their order, and what the chosen one rests on. */
export function Sample({ pack, sample }: Props) {
  const [search, change] = useSearchParams();
  const list = useRef<HTMLOListElement>(null);
  const number = Math.min(sample.length, Math.max(1, Number(search['row'] ?? 1) || 1));
  const row = useQuery(ask('/v1/evidence-packs/:id/row', { id: pack.id }, { number: String(number) }));
  useKeys({ j: () => focusRow(list.current, 1), k: () => focusRow(list.current, -1) });
  return (
    <Panel title="Sample" about={`${counted(sample.length, 'row')}, in the order in which they were drawn`} flush footer={<KeyHints hints={hints} />}>
      <div className={styles['sample']}>
        <ol ref={list} className={styles['rows']} aria-label="Rows of the sample">
          {sample.map((id, index) => (
            <li key={id}>
              <button
                type="button"
                data-row-link
                aria-current={index + 1 === number ? 'true' : undefined}
                onClick={() => change({ row: String(index + 1) }, 'replace')}
              >
                <span className="faint">{index + 1}</span> <code>{id}</code>
              </button>
            </li>
          ))}
        </ol>
        <div className={styles['chain']}>
          <Answered query={row} what="the chain" rows={6}>
            {(body) => <RowChain population={pack.question.population} row={body} />}
          </Answered>
        </div>
      </div>
    </Panel>
  );
}

const hints = [
  [['J'], 'next row'],
  [['K'], 'row before'],
  [['Enter'], 'read its chain'],
] as const;
