import type { ReactNode } from 'react';
import type { Upgrade } from '#server/schemas/leverage.ts';
import { Unknown } from './certainty.tsx';
import { Glyph } from './glyph.tsx';
import { Link, componentHref, listHref, packageHref } from './link.tsx';
import { PackageName } from './package-name.tsx';
import table from './plain-table.module.css';
import { parseSearch } from './search-params.ts';
import { count } from './words.ts';

/** The formula that upgrades are sorted by, in words for people. */
export const leverageFormula =
  'Sorted by (findings closed + 4 × critical) ÷ (jump × √components); jump: patch 1, minor 2, major 3. ' +
  'To: the smallest version above those in use that no advisory record here hits, among versions known here: named as fixed by an advisory, or in use.';

/** Upgrades as rows: what to raise from what to what, and what that closes. Each number opens its findings. */
export function UpgradeTable({
  caption,
  upgrades,
  extra,
}: {
  readonly caption: string;
  readonly upgrades: readonly Upgrade[];
  readonly extra?: Extra;
}) {
  return (
    <table className={table['table']}>
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Upgrade</th>
          {extra !== undefined && <th scope="col">{extra.head}</th>}
          <th scope="col" className="number">
            Components
          </th>
          <th scope="col" className="number">
            Closes
          </th>
          <th scope="col">Critical</th>
          <th scope="col">Jump</th>
        </tr>
      </thead>
      <tbody>
        {upgrades.map((upgrade) => (
          <tr key={upgrade.purl}>
            <th scope="row">
              <Link href={packageHref(upgrade.purl)}>
                <PackageName name={upgrade.name} brief />
              </Link>{' '}
              <code>{spanOf(upgrade.from)}</code> →{' '}
              {upgrade.to === null ? <Unknown why={upgrade.reason ?? undefined}>no fix known</Unknown> : <code>{upgrade.to}</code>}
            </th>
            {extra !== undefined && <td>{extra.cell(upgrade)}</td>}
            <td className="number">
              <Link className="rows" href={componentsHref(upgrade)}>
                {count(upgrade.components)}
              </Link>
            </td>
            <td className="number">
              {upgrade.closes === 0 ? (
                <span className="faint">0</span>
              ) : (
                <Link className="rows" href={upgrade.rowsQuery}>
                  {count(upgrade.closes)}
                </Link>
              )}
            </td>
            <td>
              <Criticals upgrade={upgrade} />
            </td>
            <td>
              <Jump upgrade={upgrade} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The components of an upgrade: those of its scope with an open finding of the package. */
export function componentsHref({ purl, rowsQuery }: Upgrade): string {
  const { team, owner, component } = parseSearch(rowsQuery.split('?', 2)[1] ?? '');
  return component === undefined ? listHref('/components', { affected: purl, team, owner }) : componentHref(component);
}

/** One more column, after the first. */
export type Extra = { readonly head: string; readonly cell: (upgrade: Upgrade) => ReactNode };

export function Criticals({ upgrade }: { readonly upgrade: Upgrade }) {
  if (upgrade.findings.critical === 0) return <span className="faint">0</span>;
  return (
    <Link href={`${upgrade.rowsQuery}&severity=critical`}>
      <Glyph kind="critical" /> {count(upgrade.findings.critical)}
    </Link>
  );
}

export function Jump({ upgrade }: { readonly upgrade: Upgrade }) {
  const { jump, to } = upgrade;
  if (to === null) return <Unknown why={upgrade.reason ?? undefined} />;
  if (jump === null) return <Unknown why="The versions have no leading numbers to compare" />;
  const word = jump.size === 'major' ? (jump.majors > 1 ? `${jump.majors} majors` : 'Major') : jump.size === 'minor' ? 'Minor' : 'Patch';
  return (
    <span
      className="badge"
      data-tone={jump.size === 'major' ? 'medium' : 'ok'}
      title={upgrade.isPreRelease ? 'A pre-release: no release would do' : undefined}
    >
      {word}
      {upgrade.isPreRelease && ', pre-release'}
    </span>
  );
}

export function spanOf(from: readonly string[]): string {
  const [first = '', last = first] = [from[0], from.at(-1)];
  return first === last ? first : `${first}–${last}`;
}
