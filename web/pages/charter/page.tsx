import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Link } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import table from '../../parts/plain-table.module.css';

const modes = {
  own: 'decided and chased here',
  feed: 'found here, sent to and decided in the other system: no clock, mail or ticket here',
  mirror: 'decided elsewhere, shown here: no clock, mail or ticket here',
  off: 'not this office’s business',
} as const;

const systems: Readonly<Record<string, string>> = { guildhall: 'this office', servicenow: 'ServiceNow', defectdojo: 'DefectDojo', jira: 'Jira' };

/** For each kind of finding: whose business it is, which system is the one of record, and who is responsible, accountable, consulted and informed. */
export function Page() {
  const query = useQuery(ask('/v1/rules'));
  return (
    <div className="page">
      <PageHead
        title="Charter"
        about="What this office is there for, kind by kind. It follows from the policy and changes with it."
        actions={
          <Link className="button" href="/policy">
            Change the policy
          </Link>
        }
      />
      <Answered query={query} what="the charter" rows={8}>
        {({ policy, items }) => (
          <Panel title="Remit" about={`policy ${String(policy.version)}, ${policy.hash.slice(0, 12)}`} flush>
            <table className={table['table']}>
              <thead>
                <tr>
                  {['Kind of finding', 'Remit', 'System of record', 'Responsible', 'Accountable', 'Consulted', 'Informed'].map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, title, remit }) => (
                  <tr key={id}>
                    <th scope="row">
                      <Link className="rows" href="/rules">
                        {title}
                      </Link>
                    </th>
                    <td>
                      <span className="name">{remit.mode}</span>
                      <div className="faint micro">{modes[remit.mode]}</div>
                    </td>
                    <td>{systems[remit.system] ?? remit.system}</td>
                    <td>{remit.responsible}</td>
                    <td>{remit.accountable}</td>
                    <td>{remit.consulted.join(', ')}</td>
                    <td>{remit.informed.join(', ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
        )}
      </Answered>
    </div>
  );
}
