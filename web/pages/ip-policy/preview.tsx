import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IpPolicyPreview, Verdict } from '#server/schemas/licence.ts';
import { inWords, send } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, listHref, packageHref } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { PolicyDifferences } from '../../parts/policy-differences.tsx';
import { PolicyVerdict, policyVerdictsShown } from '../../parts/policy-verdict.tsx';
import { count, counted } from '../../parts/words.ts';
import styles from './ip-policy.module.css';

type Moved = IpPolicyPreview['moves'][number]['samples'][number];

type ShortProps = {
  /** Undefined while nothing is known. */
  readonly preview: IpPolicyPreview | undefined;
  /** Of a draft before. */
  readonly isOld: boolean;
  readonly isChanged: boolean;
};

/** What the draft would do, in a line. */
export function PreviewInShort({ preview, isOld, isChanged }: ShortProps) {
  if (!isChanged) return <p className="faint">Nothing is changed yet.</p>;
  if (preview === undefined) return <p role="status">{isOld ? 'Judging everything in use…' : ''}</p>;
  const moved = preview.moves.reduce((sum, each) => sum + each.versions, 0);
  return (
    <p role="status" aria-busy={isOld} className={styles['short']}>
      <span>
        {counted(preview.differences.length, 'difference')} · {counted(moved, 'package version')} with another verdict
      </span>
      {policyVerdictsShown
        .filter((verdict) => preview.before[verdict] !== preview.after[verdict])
        .map((verdict) => (
          <span key={verdict}>
            <PolicyVerdict verdict={verdict} /> {count(preview.before[verdict])} → {count(preview.after[verdict])}
          </span>
        ))}
      {preview.problems.length > 0 && <b className="name">{counted(preview.problems.length, 'problem')}: it cannot be proposed so</b>}
      {isOld && <span className="faint">judging…</span>}
    </p>
  );
}

type Wanted = { readonly from?: Verdict; readonly to: Verdict };

/** What a draft would do to all that is in use: problems, numbers before and after with their rows, what moves, and where it differs. `policy` is the draft as JSON. */
export function Preview({ preview, policy }: { readonly preview: IpPolicyPreview; readonly policy: string }) {
  const [wanted, setWanted] = useState<Wanted | null>(null);
  return (
    <>
      <Panel title="What would change" about={`draft ${preview.hash.slice(0, 12)}`} flush>
        {preview.problems.map(({ place, message }) => (
          <p key={place + message} role="alert" className={styles['problem']}>
            <code>{place}</code> {message}
          </p>
        ))}
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">Package versions by worst verdict</th>
              <th scope="col" className="number">
                Now
              </th>
              <th scope="col" className="number">
                Then
              </th>
            </tr>
          </thead>
          <tbody>
            {policyVerdictsShown.map((verdict) => (
              <tr key={verdict}>
                <th scope="row">
                  <PolicyVerdict verdict={verdict} />
                </th>
                <td className="number">
                  <Link className="rows" href={listHref('/licences', { verdict, of: 'versions' })}>
                    {count(preview.before[verdict])}
                  </Link>
                </td>
                <td className="number">
                  <Rows
                    number={preview.after[verdict]}
                    wanted={{ to: verdict }}
                    onWanted={setWanted}
                    name={`${count(preview.after[verdict])} then ${verdict}`}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {preview.moves.length === 0 && <Empty title="No verdict would change." />}
        <table className={table['table']}>
          <tbody>
            {preview.moves.map(({ from, to, versions, samples }) => (
              <tr key={`${from} ${to}`}>
                <th scope="row">
                  <Rows number={versions} wanted={{ from, to }} onWanted={setWanted} name={`${count(versions)} from ${from} to ${to}`} />{' '}
                  <span className={styles['move']}>
                    from <PolicyVerdict verdict={from} /> to <PolicyVerdict verdict={to} />
                  </span>
                </th>
                <td>
                  {samples.map((each) => (
                    <Version key={each.purl + each.version} version={each} />
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {wanted !== null && <RowsThen policy={policy} wanted={wanted} onClose={() => setWanted(null)} />}
      <Panel title="Beside the version in force" about={counted(preview.differences.length, 'difference')} flush>
        <PolicyDifferences differences={preview.differences} />
      </Panel>
    </>
  );
}

type RowsProps = { readonly number: number; readonly wanted: Wanted; readonly onWanted: (wanted: Wanted) => void; readonly name: string };

/** A number of a draft that opens its rows: they have no address of their own, since the draft has none. */
function Rows({ number, wanted, onWanted, name }: RowsProps) {
  return (
    <button type="button" className={styles['number']} aria-label={`${name}: show them`} disabled={number === 0} onClick={() => onWanted(wanted)}>
      {count(number)}
    </button>
  );
}

function Version({ version: { purl, version, licence, components } }: { readonly version: Moved }) {
  return (
    <div>
      <Link className="rows" href={packageHref(purl)}>
        {purl.replace(/^pkg:/, '')} {version}
      </Link>{' '}
      {licence === null ? <Unknown>unknown licence</Unknown> : <code>{licence}</code>}{' '}
      <Link className="faint" href={listHref(packageHref(purl), { version })}>
        {counted(components, 'component')}
      </Link>
    </div>
  );
}

const rowsShown = 200;

function RowsThen({ policy, wanted, onClose }: { readonly policy: string; readonly wanted: Wanted; readonly onClose: () => void }) {
  const query = useQuery({
    queryKey: ['/v1/ip-policy/preview', 'rows', policy, wanted.from ?? '', wanted.to],
    queryFn: async () => {
      const body = { policy: JSON.parse(policy) as object, rows: { ...wanted, limit: rowsShown } };
      return ((await send('POST', '/v1/ip-policy/preview', body)) as IpPolicyPreview).rows;
    },
    retry: false,
  });
  const rows = query.data ?? null;
  return (
    <Panel
      title={
        <>
          {wanted.from !== undefined && (
            <>
              <PolicyVerdict verdict={wanted.from} /> now,{' '}
            </>
          )}
          <PolicyVerdict verdict={wanted.to} /> then
        </>
      }
      about={
        rows === null
          ? 'Judging everything in use…'
          : `${counted(rows.total, 'package version')}${rows.total > rows.items.length ? `, ${count(rows.items.length)} of them` : ''}`
      }
      actions={
        <button type="button" className="button" data-size="small" onClick={onClose}>
          Close
        </button>
      }
    >
      {query.isError && <p role="alert">{inWords(query.error)}</p>}
      {rows?.items.map((each) => (
        <Version key={each.purl + each.version} version={each} />
      ))}
    </Panel>
  );
}
