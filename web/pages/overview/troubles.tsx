import type { Source } from '#server/schemas/source.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { counted } from '../../parts/words.ts';
import styles from './overview.module.css';

const kinds = { fresh: 'ok', watch: 'watch', failing: 'failing', never: 'unknown' } as const;

/** Sources that other numbers on the page should be doubted for. */
export function Troubles({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <Panel title="Sources in trouble" about="What they gave stays shown, marked stale" flush>
      {sources.length === 0 ? (
        <Empty title="Every source answers.">Nothing failed and nothing was left unread.</Empty>
      ) : (
        <ul className={styles['lines']}>
          {sources.map((source) => (
            <li key={source.id}>
              <Glyph kind={kinds[source.state]} />
              <Link href={listHref('/sources', { origin: source.origin })} className="stack">
                <span className="name clip">{source.origin}</span>
                <span className="faint micro clip">{source.trouble ?? counted(source.problems, 'problem')}</span>
              </Link>
              <span className={styles['aside']}>
                {source.lastSuccess === null ? <Unknown>Never</Unknown> : <Age at={source.lastSuccess} stale={source.state !== 'fresh'} />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
