import { gates } from '#model/licence.ts';
import { tiers } from '#model/profile.ts';
import table from '../../parts/plain-table.module.css';
import { PolicyVerdict, policyVerdictsShown } from '../../parts/policy-verdict.tsx';
import type { FormPart } from './form-part.ts';
import { gateWords } from './gate-words.ts';
import styles from './ip-policy.module.css';

/** What verdicts do to builds, by tier of the component. A line may say otherwise for itself. */
export function Gates({ policy, change }: FormPart) {
  const own = policy.rules.filter((each) => each.gates !== undefined);
  return (
    <div className={styles['form']}>
      <p className="faint">
        What a verdict does to the build of a component, by how much the firm depends on it.{' '}
        {own.length > 0 && `These lines say otherwise for themselves: ${own.map(({ id }) => id).join(', ')}.`}
      </p>
      <div className={styles['matrix']}>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">Tier</th>
              {policyVerdictsShown.map((verdict) => (
                <th key={verdict} scope="col">
                  <PolicyVerdict verdict={verdict} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tiers.map((tier) => (
              <tr key={tier}>
                <th scope="row">{tier === 'unknown' ? 'no tier given' : tier}</th>
                {policyVerdictsShown.map((verdict) => (
                  <td key={verdict}>
                    <select
                      className="field"
                      aria-label={`${tier}, ${verdict}`}
                      value={policy.gates[tier]?.[verdict] ?? 'watch'}
                      onChange={(event) => {
                        const gate = gates.find((each) => each === event.target.value) ?? 'watch';
                        change({ ...policy, gates: { ...policy.gates, [tier]: { ...policy.gates[tier], [verdict]: gate } } });
                      }}
                    >
                      {gates.map((gate) => (
                        <option key={gate} value={gate}>
                          {gateWords[gate]}
                        </option>
                      ))}
                    </select>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
