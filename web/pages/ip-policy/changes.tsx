import { useState } from 'react';
import { canonicalPurl } from '#language/purl.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import { Choices } from './choices.tsx';
import type { FormPart } from './form-part.ts';
import styles from './ip-policy.module.css';
import { Item, withItem } from './item.tsx';
import { LicenceChoice } from './licence-choice.tsx';
import { LineOfText } from './line-of-text.tsx';

/** Which changes of a licence count, what may not be given out together, and what to use instead of what. */
export function Changes({ policy, change }: FormPart) {
  return (
    <div className={styles['form']}>
      <LicenceChanges policy={policy} change={change} />
      <Outbound policy={policy} change={change} />
      <Alternatives policy={policy} change={change} />
    </div>
  );
}

function titlesOf(policy: IpPolicy, ids: readonly string[]): string {
  return ids.map((id) => policy.categories.find((each) => each.id === id)?.title ?? id).join(', ');
}

function LicenceChanges({ policy, change }: FormPart) {
  const changes = policy.changes ?? [];
  const put = (next: NonNullable<IpPolicy['changes']>) => {
    const { changes: _, ...rest } = policy;
    change(next.length === 0 ? rest : { ...rest, changes: next });
  };
  const [first, last] = [policy.categories[0]?.id, policy.categories.at(-1)?.id];
  return (
    <section className={styles['form']} aria-label="Changes of a licence between versions">
      <h3 className="name">Changes of a licence between versions</h3>
      <p className="faint">
        {changes.length === 0
          ? 'Every change of category is found (rule “Licence changed between versions”).'
          : 'Only these are found; a change that no line names is fine.'}
      </p>
      <ul className={styles['items']}>
        {changes.map((each, at) => (
          <Item
            // Lines about changes have no ids.
            key={at}
            name={`change ${String(at + 1)}`}
            isOpen
            head={
              <>
                {titlesOf(policy, each.from)} → {titlesOf(policy, each.to)} <span className="faint">{each.because}</span>
              </>
            }
            onRemove={() => put(withItem(changes, at, null))}
          >
            <Choices legend="From" of={policy.categories} chosen={each.from} onChange={(from) => put(withItem(changes, at, { ...each, from }))} />
            <Choices legend="To" of={policy.categories} chosen={each.to} onChange={(to) => put(withItem(changes, at, { ...each, to }))} />
            <LineOfText label="Because" value={each.because} onChange={(because) => put(withItem(changes, at, { ...each, because }))} />
          </Item>
        ))}
      </ul>
      <div className="line">
        <button
          type="button"
          className="button"
          data-size="small"
          disabled={first === undefined || last === undefined}
          onClick={() => put([...changes, { from: [first ?? ''], to: [last ?? ''], because: 'An upgrade takes it along.' }])}
        >
          Add a change that counts
        </button>
      </div>
    </section>
  );
}

function Outbound({ policy, change }: FormPart) {
  const { outbound } = policy;
  const put = (next: IpPolicy['outbound']) => change({ ...policy, outbound: next });
  const isCategory = (id: string): boolean => policy.categories.some((each) => each.id === id);
  return (
    <section className={styles['form']} aria-label="What may not be in something that is given out under a licence">
      <h3 className="name">What may not be in something that is given out under a licence</h3>
      <ul className={styles['items']}>
        {outbound.map((each, at) => {
          const set = (part: Partial<typeof each>) => put(withItem(outbound, at, { ...each, ...part }));
          return (
            <Item
              key={each.licence}
              name={each.licence}
              head={
                <>
                  <code>{each.licence}</code> <span className="faint">not with {titlesOf(policy, each.notWith)}</span>
                </>
              }
              onRemove={() => put(withItem(outbound, at, null))}
            >
              <Choices
                legend="Not with these categories"
                of={policy.categories}
                chosen={each.notWith.filter(isCategory)}
                onChange={(chosen) => set({ notWith: [...chosen, ...each.notWith.filter((one) => !isCategory(one))] })}
              />
              <LicenceChoice
                label="Nor with these licences"
                policy={policy}
                chosen={each.notWith.filter((one) => !isCategory(one))}
                onAdd={(licence) => set({ notWith: [...each.notWith, licence] })}
                onRemove={(licence) => set({ notWith: each.notWith.filter((one) => one !== licence) })}
              />
              <LineOfText label="Because" value={each.because} onChange={(because) => set({ because })} />
            </Item>
          );
        })}
      </ul>
      <LicenceChoice
        label="Given out under"
        policy={policy}
        chosen={[]}
        onAdd={(licence) =>
          put(
            outbound.some((each) => each.licence === licence)
              ? outbound
              : [...outbound, { licence, notWith: [], because: 'both cannot be met in one program.' }],
          )
        }
        onRemove={() => undefined}
      />
    </section>
  );
}

function Alternatives({ policy, change }: FormPart) {
  const [instead, setInstead] = useState('');
  const [use, setUse] = useState('');
  const [from, to] = [canonicalPurl(instead.trim()), canonicalPurl(use.trim())];
  const { alternatives } = policy;
  const add = () => {
    if (from === null || to === null) return;
    const known = alternatives.find((each) => each.instead === from);
    change({
      ...policy,
      alternatives:
        known === undefined
          ? [...alternatives, { instead: from, use: [to] }]
          : alternatives.map((each) => (each === known ? { ...each, use: [...new Set([...each.use, to])] } : each)),
    });
    setInstead('');
    setUse('');
  };
  return (
    <section className={styles['form']} aria-label="What to use instead">
      <h3 className="name">What to use instead</h3>
      <ul className={styles['items']}>
        {alternatives.map((each, at) => (
          <li key={each.instead} className="line">
            <code>{each.instead}</code> → <code>{each.use.join(', ')}</code>
            <button
              type="button"
              className="button"
              data-size="small"
              aria-label={`Remove what stands instead of ${each.instead}`}
              onClick={() => change({ ...policy, alternatives: withItem(alternatives, at, null) })}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      <div className="line">
        <label>
          Instead of <input className="field" placeholder="pkg:npm/…" value={instead} onChange={(event) => setInstead(event.target.value)} />
        </label>
        <label>
          use <input className="field" placeholder="pkg:npm/…" value={use} onChange={(event) => setUse(event.target.value)} />
        </label>
        <button type="button" className="button" data-size="small" disabled={from === null || to === null} onClick={add}>
          Add
        </button>
      </div>
    </section>
  );
}
