import type { Act } from '#server/schemas/act.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { day } from '../../parts/words.ts';
import styles from './decisions.module.css';

const bases: Readonly<Record<string, string>> = {
  request: 'on request',
  retention: 'since their time was over',
  order: 'on an order',
  secret: 'since a secret stood in them',
};

/** What was said with an act, or on what authority it was erased; the structure it decided can be opened. */
export function Said({ act }: { readonly act: Act }) {
  return (
    <div className={styles['said']}>
      {act.words !== null && textsIn(act.words).map((text, at) => <p key={at}>{text}</p>)}
      {act.areWordsErased && <Erased erasure={act.erasure} />}
      <details>
        <summary>Structure</summary>
        <pre>{JSON.stringify(act.body, null, 2)}</pre>
      </details>
    </div>
  );
}

function Erased({ erasure }: { readonly erasure: Act['erasure'] }) {
  if (erasure === null) return <Unknown why="The words are gone, and no act says why: verify the ledger.">Gone, nobody says why</Unknown>;
  return (
    <span className="quiet">
      Erased on {day(erasure.at)} {bases[erasure.basis] ?? erasure.basis}
      {erasure.reference !== null && <> ({erasure.reference})</>}, by{' '}
      <Link className="rows" href={listHref('/decisions', { kind: 'erase-words' })}>
        act {erasure.seq}
      </Link>
    </span>
  );
}

/** Every text that the words hold, whatever their shape. */
function textsIn(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  if (typeof words !== 'object' || words === null) return [];
  return Object.values(words).flatMap(textsIn);
}
