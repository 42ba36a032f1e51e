import { useQuery } from '@tanstack/react-query';
import type { FindingDetail } from '#server/schemas/finding.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, componentHref } from '../../parts/link.tsx';
import { counted } from '../../parts/words.ts';
import styles from './detail.module.css';

/** The shortest way from the component to the package, and with `P` every way that is known. */
export function PathTo({ finding, areAllShown }: { readonly finding: FindingDetail; readonly areAllShown: boolean }) {
  const purl = finding.package?.purl;
  const query = useQuery({
    ...ask('/v1/components/:ref/paths', { ref: finding.component.ref }, { package: purl, limit: '20' }),
    enabled: areAllShown && purl !== undefined,
  });
  const shortest = finding.facts.map((fact) => fact.via).find((via) => via.length > 0);
  const all = (query.data?.uses ?? []).flatMap((use) => use.paths);
  return (
    <section>
      <h3>Path</h3>
      {shortest === undefined ? <Unknown why="The file does not tell what brings it">Unknown</Unknown> : <Steps steps={shortest} />}
      {areAllShown &&
        all.map((path) => (
          <Steps
            key={path.steps.map((step) => `${step.purl}@${step.version}`).join(' ')}
            steps={[finding.component.name, ...path.steps.map((step) => `${step.name}@${step.version ?? '?'}`)]}
            scope={path.scope}
          />
        ))}
      {purl !== undefined && (
        <p className="faint micro">
          {areAllShown && query.data !== undefined ? `${counted(all.length, 'path')} known. ` : ''}
          <Link className="link" href={`${componentHref(finding.component.ref)}?why=${encodeURIComponent(purl)}`}>
            Why is it here
          </Link>{' '}
          <kbd>P</kbd> {areAllShown ? 'hides' : 'shows'} every path
        </p>
      )}
    </section>
  );
}

function Steps({ steps, scope }: { readonly steps: readonly string[]; readonly scope?: string }) {
  return (
    <p>
      <span className={styles['path']}>
        {steps.map((step) => (
          <code key={step}>{step}</code>
        ))}
      </span>
      {scope !== undefined && <span className="faint micro"> {scope}</span>}
    </p>
  );
}
