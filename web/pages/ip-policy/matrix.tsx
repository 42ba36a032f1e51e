import type { IpPolicyStatus } from '#server/schemas/licence.ts';
import { deliveries } from '#model/licence.ts';
import { Link, listHref } from '../../parts/link.tsx';
import { Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';
import { PolicyVerdict, deliveryWords } from '../../parts/policy-verdict.tsx';
import { counted } from '../../parts/words.ts';
import styles from './ip-policy.module.css';

/** Verdicts by category and delivery; unknown where linking or a change would decide. */
export function Matrix({ status }: { readonly status: IpPolicyStatus }) {
  return (
    <Panel
      title={`Verdicts under ${status.name}`}
      about={`by category and delivery, linking and changes not known · ${status.approvedBy === null ? 'built in: nobody of counsel has approved it' : 'approved by counsel'}`}
      flush
    >
      <div className={styles['matrix']}>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">Category</th>
              {deliveries.map((each) => (
                <th key={each} scope="col">
                  {deliveryWords[each]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {status.matrix.map(({ category, title, means, licences, verdicts }) => (
              <tr key={category}>
                <th scope="row" title={means}>
                  <Link className="rows" href={listHref('/licences', { category, of: 'versions' })}>
                    {title}
                  </Link>{' '}
                  <span className="faint">{counted(licences, 'licence')}</span>
                </th>
                {verdicts.map(({ delivery, verdict, because }) => (
                  <td key={delivery} title={because}>
                    <PolicyVerdict verdict={verdict} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
