import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, listHref } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SignatureBadge } from '../../parts/signature-badge.tsx';
import { counted, shortRevision } from '../../parts/words.ts';
import styles from './component.module.css';

/** How good the SBOMs of the component are, whether they are proved, and who built what they describe. Nothing where no SBOM shows it. */
export function Sboms({ component }: { readonly component: string }) {
  const query = useQuery(ask('/v1/components/:ref/sboms', { ref: component }));
  if (query.data !== undefined && query.data.items.length === 0 && query.data.waiting.length === 0) return null;
  const rows = listHref('/sboms', { component });
  return (
    <Panel
      title="SBOMs"
      about="how much they say, of 100, and whether they are proved"
      actions={
        <Link className="button" data-size="small" href={rows}>
          What is missing
        </Link>
      }
      flush
    >
      <Answered query={query} what="the SBOMs" rows={2}>
        {({ items, waiting }) => (
          <ul className={styles['lines']}>
            {items.map(({ path, scores, signature, attestations }) => {
              const built = attestations.find(({ kind }) => kind === 'provenance');
              return (
                <li key={path}>
                  <span className="stack">
                    <span>
                      <Link className="rows" href={rows}>
                        {scores === null ? <Unknown why="It could not be read">unknown</Unknown> : scores.all}
                      </Link>{' '}
                      <code>{path}</code> <SignatureBadge signature={signature} />
                    </span>
                    {built !== undefined && (
                      <span className="faint micro">
                        built by {built.builder ?? 'nobody named'}
                        {built.source !== null && ` from ${built.source}`}
                        {built.commit !== null && ` at ${shortRevision(built.commit)}`} <SignatureBadge signature={built.signature} />
                      </span>
                    )}
                  </span>
                </li>
              );
            })}
            {waiting.length > 0 && <li className="faint">{counted(waiting.length, 'SBOM')} not judged yet</li>}
          </ul>
        )}
      </Answered>
    </Panel>
  );
}
