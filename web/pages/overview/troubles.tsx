import type { Source } from '#server/schemas/source.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { isLate, sourceGlyphs } from '../../parts/source-state.ts';
import { counted } from '../../parts/words.ts';
import styles from './overview.module.css';

/** Sources that other numbers on the page should be doubted for. */
export function Troubles({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <Panel title="Sources in trouble" about="Now failing, late, or with problems; what they gave stays shown" flush>
      {sources.length === 0 ? (
        <Empty title="Every source answers.">Nothing failed and nothing was left unread.</Empty>
      ) : (
        <ul className={styles['lines']}>
          {sources.map((source) => (
            <li key={source.id}>
              <Glyph kind={sourceGlyphs[source.state]} />
              <Link href={listHref('/sources', { origin: source.origin })} className="stack">
                <span className="name clip">{source.origin}</span>
                <span className="faint micro clip">{source.trouble ?? counted(source.problems, 'problem')}</span>
              </Link>
              <span className={styles['aside']}>
                {source.lastSuccess === null ? <Unknown>Never</Unknown> : <Age at={source.lastSuccess} stale={isLate(source)} />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
