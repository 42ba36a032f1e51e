import type { IpRule } from '#model/ip-policy.ts';
import { deliveries, gates, policyVerdicts } from '#model/licence.ts';
import { tiers } from '#model/profile.ts';
import { PolicyVerdict, deliveryWords, policyVerdictWords } from '../../parts/policy-verdict.tsx';
import { BesideChoice } from './beside-choice.tsx';
import { Choices } from './choices.tsx';
import type { FormPart } from './form-part.ts';
import { gateWords } from './gate-words.ts';
import styles from './ip-policy.module.css';
import { Item, withItem, withMoved } from './item.tsx';
import { LicenceChoice } from './licence-choice.tsx';
import { LineOfText } from './line-of-text.tsx';
import { freeId, reachOf } from './lines.ts';

const usualApprovalDays = 365;

/** Every line of the policy in its order: the first that fits says the verdict. */
export function Lines({ policy, change }: FormPart) {
  const reach = reachOf(policy);
  const put = (at: number, next: IpRule | null) => change({ ...policy, rules: withItem(policy.rules, at, next) });
  const add = () => {
    const id = freeId(
      policy.rules.map((each) => each.id),
      'line',
    );
    change({ ...policy, rules: [{ id, licences: [], verdict: 'review', obligations: [], because: 'counsel looks at it.' }, ...policy.rules] });
  };
  return (
    <div className={styles['form']}>
      <div className="line">
        <button type="button" className="button" onClick={add}>
          Add a line
        </button>
        <span className="faint">The first line that fits says the verdict. What a line leaves out it does not look at.</span>
      </div>
      <label>
        Where no line fits{' '}
        <select
          className="field"
          value={policy.otherwise}
          onChange={(event) => {
            const otherwise = policyVerdicts.find((each) => each === event.target.value);
            if (otherwise !== undefined && otherwise !== 'allowed') change({ ...policy, otherwise });
          }}
        >
          {policyVerdicts
            .filter((each) => each !== 'allowed')
            .map((each) => (
              <option key={each} value={each}>
                {policyVerdictWords[each]}
              </option>
            ))}
        </select>
      </label>
      <label>
        What is only used to build and test{' '}
        <select
          className="field"
          value={policy.development}
          onChange={(event) => change({ ...policy, development: event.target.value === 'internal' ? 'internal' : 'as-delivered' })}
        >
          <option value="internal">is judged as used inside</option>
          <option value="as-delivered">is judged like what is delivered</option>
        </select>
      </label>
      <label>
        What another tool approved holds, once counsel confirms it, for{' '}
        <input
          className="field"
          type="number"
          min={1}
          max={732}
          value={policy.approvalDays ?? usualApprovalDays}
          onChange={(event) => {
            const days = event.target.valueAsNumber;
            if (Number.isInteger(days) && days > 0) change({ ...policy, approvalDays: days });
          }}
        />{' '}
        days
      </label>
      <ol className={styles['items']}>
        {policy.rules.map((rule, at) => (
          <Item
            key={rule.id}
            name={rule.id}
            head={
              <>
                <PolicyVerdict verdict={rule.verdict} /> <code>{rule.id}</code> <span className="faint">{rule.because}</span>
                {rule.licences === undefined && !reach.has(rule.id) && <span className="badge">decides nothing</span>}
              </>
            }
            onMove={(step) => change({ ...policy, rules: withMoved(policy.rules, at, step) })}
            onRemove={() => put(at, null)}
          >
            <Line policy={policy} rule={rule} put={(next) => put(at, next)} />
          </Item>
        ))}
      </ol>
    </div>
  );
}

type LineProps = Pick<FormPart, 'policy'> & { readonly rule: IpRule; readonly put: (rule: IpRule) => void };

function Line({ policy, rule, put }: LineProps) {
  const set = (part: Partial<IpRule>) => put(without({ ...rule, ...part }));
  return (
    <>
      <div className="line">
        <label>
          Verdict{' '}
          <select
            className="field"
            value={rule.verdict}
            onChange={(event) => set({ verdict: policyVerdicts.find((each) => each === event.target.value) ?? 'unknown' })}
          >
            {policyVerdicts.map((each) => (
              <option key={each} value={each}>
                {policyVerdictWords[each]}
              </option>
            ))}
          </select>
        </label>
        <BesideChoice
          linking={rule.linking?.length === 1 ? (rule.linking[0] ?? null) : null}
          modified={rule.modified ?? null}
          onLinking={(linking) => set({ linking: linking === null ? undefined : [linking] })}
          onModified={(modified) => set({ modified: modified ?? undefined })}
        />
      </div>
      <LineOfText label="Because" value={rule.because} onChange={(because) => set({ because })} />
      <Choices
        legend="Categories; none ticked: any"
        of={policy.categories}
        chosen={rule.categories ?? []}
        onChange={(categories) => set({ categories: categories.length === 0 ? undefined : categories })}
      />
      <Choices
        legend="Delivered; none ticked: however it is"
        of={deliveries.map((id) => ({ id, title: deliveryWords[id] }))}
        chosen={rule.deliveries ?? []}
        onChange={(chosen) => set({ deliveries: chosen.length === 0 ? undefined : deliveries.filter((each) => chosen.includes(each)) })}
      />
      <LicenceChoice
        label="Only these licences"
        policy={policy}
        chosen={rule.licences ?? []}
        onAdd={(licence) => set({ licences: [...(rule.licences ?? []), licence] })}
        onRemove={(licence) => set({ licences: (rule.licences ?? []).filter((each) => each !== licence) })}
      />
      <Choices
        legend="Obligations that come with it"
        of={policy.obligations}
        chosen={rule.obligations}
        onChange={(obligations) => set({ obligations })}
      />
      <fieldset className={styles['options']}>
        <legend>What it does to builds; else what is said under Builds</legend>
        {tiers.map((tier) => (
          <label key={tier} className="line">
            {tier === 'unknown' ? 'no tier' : tier}
            <select
              className="field"
              value={rule.gates?.[tier] ?? ''}
              onChange={(event) => {
                const gate = gates.find((each) => each === event.target.value);
                const others = Object.fromEntries(Object.entries(rule.gates ?? {}).filter(([each]) => each !== tier));
                set({ gates: gate === undefined ? others : { ...others, [tier]: gate } });
              }}
            >
              <option value="">as said there</option>
              {gates.map((gate) => (
                <option key={gate} value={gate}>
                  {gateWords[gate]}
                </option>
              ))}
            </select>
          </label>
        ))}
      </fieldset>
    </>
  );
}

/** What is left out is absent, not empty. */
function without(rule: IpRule): IpRule {
  const said = Object.entries(rule).filter(
    ([part, value]) => value !== undefined && !(part === 'gates' && Object.keys(rule.gates ?? {}).length === 0),
  );
  return { id: rule.id, verdict: rule.verdict, obligations: rule.obligations, because: rule.because, ...Object.fromEntries(said) };
}
