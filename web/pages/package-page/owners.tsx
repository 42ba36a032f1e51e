import type { PackageDetail } from '#server/schemas/package.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link } from '../../parts/link.tsx';
import { TeamName } from '../../parts/owner-name.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { count, counted } from '../../parts/words.ts';

/** Whom to call, the most affected team first. */
export function Owners({ one }: { readonly one: PackageDetail }) {
  return (
    <Panel title="Owners to call" about={`${counted(one.verdicts.affected, 'component')} affected, ${one.verdicts.unknown} to confirm`} flush>
      {one.owners.length === 0 ? (
        <Empty title="Nobody uses it in what was read." />
      ) : (
        <table className={table['table']}>
          <caption className="hidden">Owners to call</caption>
          <thead>
            <tr>
              <th scope="col">Owner</th>
              <th scope="col" className="number">
                Affected
              </th>
              <th scope="col" className="number">
                To confirm
              </th>
              <th scope="col" className="number">
                Uses it
              </th>
            </tr>
          </thead>
          <tbody>
            {one.owners.map((owner) => (
              <OwnerRow key={owner.team ?? ''} owner={owner} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function OwnerRow({ owner }: { readonly owner: PackageDetail['owners'][number] }) {
  const whose = owner.team === null ? 'owner=none' : `team=${encodeURIComponent(owner.team)}`;
  const rows = (value: number | null, verdict: string) =>
    value === null ? (
      <Unknown why="Findings of a team are for the team and for security">Not shown</Unknown>
    ) : value === 0 ? (
      <span className="faint">0</span>
    ) : (
      <Link className="rows" href={`${location.pathname}?${whose}${verdict}`}>
        {count(value)}
      </Link>
    );
  return (
    <tr>
      <th scope="row" className="name">
        <TeamName team={owner.team} />
      </th>
      <td className="number">{rows(owner.affected, '&verdict=affected')}</td>
      <td className="number">{rows(owner.unknown, '&verdict=unknown')}</td>
      <td className="number">{rows(owner.components, '')}</td>
    </tr>
  );
}
