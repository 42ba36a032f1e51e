import { givesSource, obligationTriggers, type Obligation, type ObligationTrigger } from '#model/ip-policy.ts';
import type { FormPart } from './form-part.ts';
import styles from './ip-policy.module.css';
import { Item, withItem } from './item.tsx';
import { LineOfText } from './line-of-text.tsx';
import { freeId } from './lines.ts';

const triggerWords: Readonly<Record<ObligationTrigger, string>> = {
  always: 'always',
  delivered: 'when it is given to somebody outside',
  modified: 'when it is changed here',
  'modified-and-delivered': 'when it is changed here and given to somebody outside',
  'over-a-network': 'when others use it over a network',
};

/** The catalogue of duties: wording, when each begins, and what shows that it was done. */
export function Obligations({ policy, change }: FormPart) {
  const { obligations } = policy;
  const put = (at: number, next: Obligation) => change({ ...policy, obligations: withItem(obligations, at, next) });
  // What is gone is asked for by no line any more.
  const remove = (at: number, id: string) =>
    change({
      ...policy,
      obligations: withItem(obligations, at, null),
      rules: policy.rules.map((rule) => ({ ...rule, obligations: rule.obligations.filter((each) => each !== id) })),
    });
  const add = () => {
    const id = freeId(
      obligations.map((each) => each.id),
      'obligation',
    );
    change({ ...policy, obligations: [...obligations, { id, title: 'New obligation', asks: 'What is to be done.', when: 'delivered' }] });
  };
  return (
    <div className={styles['form']}>
      <p className="faint">
        A duty whose wording changes is another duty: what was fulfilled under the one before is open again. Which lines ask for it stands under
        Verdicts and Lines.
      </p>
      <ul className={styles['items']}>
        {obligations.map((each, at) => (
          <Item
            key={each.id}
            name={each.title}
            head={
              <>
                <b className="name">{each.title}</b> <span className="faint">{each.asks}</span>{' '}
                <span className="badge">{policy.rules.filter((rule) => rule.obligations.includes(each.id)).length} lines</span>
              </>
            }
            onRemove={() => remove(at, each.id)}
          >
            <LineOfText label="Title" value={each.title} onChange={(title) => put(at, { ...each, title })} />
            <LineOfText label="What is to be done" value={each.asks} onChange={(asks) => put(at, { ...each, asks })} />
            <label>
              It begins{' '}
              <select
                className="field"
                value={each.when}
                onChange={(event) => put(at, { ...each, when: obligationTriggers.find((one) => one === event.target.value) ?? each.when })}
              >
                {obligationTriggers.map((when) => (
                  <option key={when} value={when}>
                    {triggerWords[when]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              <input type="checkbox" checked={givesSource(each)} onChange={(event) => put(at, { ...each, givesSource: event.target.checked })} /> It
              is met by giving source out, and stands on the offer of source
            </label>
            <LineOfText
              label="What shows that it was done"
              value={each.shownBy ?? ''}
              placeholder="Not said"
              onChange={(shownBy) => put(at, { ...without(each), ...(shownBy === '' ? {} : { shownBy }) })}
            />
          </Item>
        ))}
      </ul>
      <div className="line">
        <button type="button" className="button" onClick={add}>
          Add an obligation
        </button>
      </div>
    </div>
  );
}

function without({ shownBy: _, ...rest }: Obligation): Obligation {
  return rest;
}
