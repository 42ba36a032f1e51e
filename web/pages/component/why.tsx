import { useQuery } from '@tanstack/react-query';
import type { ComponentDetail } from '#server/schemas/component.ts';
import type { PathsOfUse, PathStep } from '#server/schemas/paths.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { EvidenceName } from '../../parts/evidence-name.tsx';
import { Link, packageHref } from '../../parts/link.tsx';
import { PackageName } from '../../parts/package-name.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { count, counted } from '../../parts/words.ts';
import styles from './why.module.css';

const fewPaths = '5';
const manyPaths = '200';

/** Why the package of `?why=` is in a component: the paths to it, shortest first. Nothing where no package is asked about. */
export function Why({ component }: { readonly component: ComponentDetail }) {
  const [search] = useSearchParams();
  const purl = search['why'];
  if (purl === undefined) return null;
  return <Paths component={component} purl={purl} isPast={search['asOf'] !== undefined} />;
}

function Paths({ component, purl, isPast }: { readonly component: ComponentDetail; readonly purl: string; readonly isPast: boolean }) {
  const [search, change] = useSearchParams();
  const isLong = search['paths'] === 'all';
  const query = useQuery({
    ...ask('/v1/components/:ref/paths', { ref: component.ref }, { package: purl, limit: isLong ? manyPaths : fewPaths }),
    enabled: !isPast,
  });
  const name = query.data?.uses[0]?.name ?? purl;
  return (
    <Panel
      title={`Why is ${name} here`}
      about="Every way from what the component names itself; dashed where it is not for run time"
      actions={
        <>
          <button
            type="button"
            className="button"
            data-size="small"
            aria-pressed={isLong}
            onClick={() => change({ paths: isLong ? undefined : 'all' })}
          >
            {isLong ? 'Shortest paths' : 'All paths'}
          </button>
          <button type="button" className="button" data-size="small" onClick={() => change({ why: undefined, paths: undefined })}>
            Close
          </button>
        </>
      }
    >
      {isPast ? (
        <Empty title="Paths are known for now only.">Go back to now to see them.</Empty>
      ) : (
        <Answered query={query} what="the paths" rows={3}>
          {({ uses }) =>
            uses.length === 0 ? (
              <Empty title="This component does not use it now.">The inventory lists what it uses.</Empty>
            ) : (
              uses.map((use) => <Use key={`${use.evidence.path} ${use.version}`} use={use} />)
            )
          }
        </Answered>
      )}
    </Panel>
  );
}

function Use({ use }: { readonly use: PathsOfUse }) {
  return (
    <section className={styles['use']}>
      <h3>
        <code>{use.version ?? 'no version'}</code> <span className="quiet">in</span> <EvidenceName evidence={use.evidence} />: <PathCount use={use} />
      </h3>
      {use.reason !== null && <p className="faint micro">{use.reason}</p>}
      {use.shared.length > 0 && (
        <p className="quiet">
          Every path goes through{' '}
          {use.shared.map((step, at) => (
            <span key={keyOf(step)}>
              {at > 0 && ', '}
              <Step step={step} />
            </span>
          ))}
          .
        </p>
      )}
      <ol className={styles['paths']}>
        {use.paths.map((path) => (
          <li key={path.steps.map(keyOf).join(' ')} data-dashed={path.scope === 'runtime' ? undefined : true}>
            {path.steps.map((step, at) => (
              <span key={keyOf(step)} className={styles['step']}>
                {at > 0 && <span aria-label="needs">→</span>} <Step step={step} />
              </span>
            ))}
            <span className="faint micro">{path.scope}</span>
          </li>
        ))}
      </ol>
      {use.count !== null && use.count > use.paths.length && <p className="faint micro">The {count(use.paths.length)} shortest are shown.</p>}
    </section>
  );
}

function PathCount({ use }: { readonly use: PathsOfUse }) {
  if (use.count === null) return <Unknown why={use.reason ?? undefined}>paths unknown</Unknown>;
  if (use.known === 'part') return <Unknown why={use.reason ?? undefined}>direct, further paths unknown</Unknown>;
  return (
    <>
      {!use.isExact && 'at least '}
      {counted(use.count, 'path')}
    </>
  );
}

function Step({ step }: { readonly step: PathStep }) {
  return (
    <Link className="rows" href={packageHref(step.purl)}>
      <PackageName name={step.name} brief /> <code>{step.version}</code>
    </Link>
  );
}

function keyOf(step: PathStep): string {
  return `${step.purl}@${step.version}`;
}
