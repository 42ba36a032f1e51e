import type { IpPolicyPreview } from '#server/schemas/licence.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { Link, packageHref } from '../../parts/link.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { PolicyVerdict, policyVerdictsShown } from '../../parts/policy-verdict.tsx';
import { count, counted } from '../../parts/words.ts';

/** What an IP policy would do to all that is in use: package versions by verdict before and after, and what moves. */
export function Preview({ preview }: { readonly preview: IpPolicyPreview }) {
  return (
    <>
      <Panel title="Preview" about={`${counted(preview.differences.length, 'difference')} · ${preview.hash.slice(0, 12)}`} flush>
        {preview.problems.map(({ place, message }) => (
          <p key={place + message} role="alert">
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
                  <Link className="rows" href={`/licences?verdict=${verdict}&of=versions`}>
                    {count(preview.before[verdict])}
                  </Link>
                </td>
                <td className="number">{count(preview.after[verdict])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title="What changes" about="the worse first" flush>
        {preview.moves.length === 0 && <Empty title="No verdict would change." />}
        <table className={table['table']}>
          <tbody>
            {preview.moves.map(({ from, to, versions, samples }) => (
              <tr key={`${from} ${to}`}>
                <th scope="row">
                  {counted(versions, 'package version')} from <PolicyVerdict verdict={from} /> to <PolicyVerdict verdict={to} />
                </th>
                <td>
                  {samples.map((each) => (
                    <div key={each.purl + each.version}>
                      <Link className="rows" href={packageHref(each.purl)}>
                        {each.purl.replace(/^pkg:/, '')} {each.version}
                      </Link>{' '}
                      {each.licence === null ? <Unknown>unknown licence</Unknown> : <code>{each.licence}</code>}{' '}
                      <span className="faint">{counted(each.components, 'component')}</span>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}
