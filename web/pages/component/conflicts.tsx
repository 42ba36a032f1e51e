import type { Conflict } from '#server/schemas/component.ts';
import { Age, Unknown } from '../../parts/certainty.tsx';
import { EvidenceName } from '../../parts/evidence-name.tsx';
import { Link, listHref, packageHref } from '../../parts/link.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { count, counted } from '../../parts/words.ts';

const shown = 3;

/** Packages that two files of a component give in different versions; every version is judged. */
export function Conflicts({ component, conflicts }: { readonly component: string; readonly conflicts: readonly Conflict[] }) {
  return (
    <Panel
      title="Conflicts"
      about={`${counted(conflicts.length, 'package')} in different versions; every one is judged, the first is shown`}
      actions={
        <Link className="button" data-size="small" href={listHref('/sboms', { component })}>
          All that differs
        </Link>
      }
      flush
    >
      <table className={table['table']}>
        <caption className="hidden">Conflicts</caption>
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">Versions and who gives them</th>
            <th scope="col">What each opens</th>
            <th scope="col">Rule</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map((conflict) => (
            <tr key={conflict.purl} data-tone="medium" data-conflict tabIndex={-1}>
              <th scope="row">
                <Link className="name" href={packageHref(conflict.purl)}>
                  {conflict.name}
                </Link>
              </th>
              <td>
                {conflict.versions.map((one) => (
                  <div key={`${one.kind} ${one.path} ${one.version}`}>
                    <code>{one.version ?? <Unknown>no version</Unknown>}</code>{' '}
                    <span className="quiet">
                      {one.kind} <EvidenceName evidence={one} />
                      {one.staleSince !== null && (
                        <>
                          {' '}
                          stale <Age at={one.staleSince} stale />
                        </>
                      )}
                    </span>
                  </div>
                ))}
              </td>
              <td>
                {conflict.versions.map((one) => (
                  <div key={`${one.kind} ${one.path} ${one.version}`} className={one.opens?.length === 0 ? 'faint' : undefined}>
                    <Opens opens={one.opens} />
                  </div>
                ))}
              </td>
              <td className="quiet">{conflict.rule}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** The advisories that hit a version; of an unknown version nothing can be said. */
function Opens({ opens }: { readonly opens: readonly string[] | null }) {
  if (opens === null) return <Unknown why="Without a version nothing can be judged">unknown</Unknown>;
  if (opens.length === 0) return <>no advisory here</>;
  return (
    <>
      {opens.slice(0, shown).join(', ')}
      {opens.length > shown && ` and ${count(opens.length - shown)} more`}
    </>
  );
}
