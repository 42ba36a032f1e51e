import { useQuery } from '@tanstack/react-query';
import type { IpPolicy, LicenceCategory } from '#model/ip-policy.ts';
import { parseExpression, printTerm, termsOf } from '#language/spdx/expression.ts';
import { ask } from '../../parts/api.ts';
import { Link, listHref } from '../../parts/link.tsx';
import { counted } from '../../parts/words.ts';
import type { FormPart } from './form-part.ts';
import styles from './ip-policy.module.css';
import { Item, withItem, withMoved } from './item.tsx';
import { LicenceChoice } from './licence-choice.tsx';
import { LineOfText } from './line-of-text.tsx';
import { freeId } from './lines.ts';

/** The categories with their licences, from the freest on, and what is in use and in none. */
export function Categories({ policy, change }: FormPart) {
  const { categories } = policy;
  const put = (at: number, next: LicenceCategory | null) => change({ ...policy, categories: withItem(categories, at, next) });
  const add = () => {
    const id = freeId(
      categories.map((each) => each.id),
      'category',
    );
    change({ ...policy, categories: [...categories, { id, title: 'New category', means: 'What its licences have in common.', licences: [] }] });
  };
  return (
    <div className={styles['form']}>
      <p className="faint">From the freest on: of a choice between two as good the one in the earlier category is relied on.</p>
      <Unnamed policy={policy} change={change} />
      <ul className={styles['items']}>
        {categories.map((each, at) => (
          <Item
            key={each.id}
            name={each.title}
            head={
              <>
                <b className="name">{each.title}</b>{' '}
                <span className="faint">
                  {counted(each.licences.length, 'licence')} · {each.means}
                </span>
              </>
            }
            onMove={(step) => change({ ...policy, categories: withMoved(categories, at, step) })}
            onRemove={() => change(withoutCategory(policy, at, each.id))}
          >
            <LineOfText label="Title" value={each.title} onChange={(title) => put(at, { ...each, title })} />
            <LineOfText label="What its licences have in common" value={each.means} onChange={(means) => put(at, { ...each, means })} />
            <LicenceChoice
              label="Licence"
              policy={policy}
              chosen={each.licences}
              moves
              onAdd={(licence) => change(withLicence(policy, each.id, licence))}
              onRemove={(licence) => put(at, { ...each, licences: each.licences.filter((one) => one !== licence) })}
            />
            <p>
              <Link className="link" href={listHref('/licences', { category: each.id, of: 'versions' })}>
                Package versions in use under it
              </Link>
            </p>
          </Item>
        ))}
      </ul>
      <div className="line">
        <button type="button" className="button" onClick={add}>
          Add a category
        </button>
      </div>
    </div>
  );
}

/** A policy in which a licence is in this category and in no other. */
function withLicence(policy: IpPolicy, category: string, licence: string): IpPolicy {
  const categories = policy.categories.map((each) => {
    const others = each.licences.filter((one) => one !== licence);
    return { ...each, licences: each.id === category ? [...others, licence] : others };
  });
  return { ...policy, categories };
}

/** Without a category, wherever lines name it; a line that named only that one goes with it. */
function withoutCategory(policy: IpPolicy, at: number, id: string): IpPolicy {
  const isOther = (each: string): boolean => each !== id;
  return {
    ...policy,
    categories: withItem(policy.categories, at, null),
    rules: policy.rules
      .filter(({ categories }) => categories === undefined || categories.some(isOther))
      .map((rule) => (rule.categories === undefined ? rule : { ...rule, categories: rule.categories.filter(isOther) })),
    outbound: policy.outbound.map((each) => ({ ...each, notWith: each.notWith.filter(isOther) })),
    ...(policy.changes === undefined
      ? {}
      : {
          changes: policy.changes
            .map((each) => ({ ...each, from: each.from.filter(isOther), to: each.to.filter(isOther) }))
            .filter(({ from, to }) => from.length > 0 && to.length > 0),
        }),
  };
}

const unnamedShown = 20;

/** Licences in use that no category of the draft holds, those of most package versions first. */
function Unnamed({ policy, change }: FormPart) {
  const query = useQuery(ask('/v1/licences', {}, { category: 'none', sort: '-versions', limit: '100' }));
  const named = new Set(policy.categories.flatMap(({ licences }) => licences));
  const unnamed = new Map<string, number>();
  for (const { licence, versions } of query.data?.items ?? []) {
    const read = licence === null ? null : parseExpression(licence);
    for (const term of read?.ok === true ? termsOf(read.expression) : []) {
      const [whole, bare] = [printTerm(term), printTerm({ ...term, exception: null })];
      if (!named.has(whole) && !named.has(bare)) unnamed.set(whole, (unnamed.get(whole) ?? 0) + versions);
    }
  }
  if (unnamed.size === 0) return null;
  return (
    <section className={styles['unnamed']} aria-label="In use and in no category">
      <p>
        <b className="name">In use and in no category</b> <span className="faint">asked about, never allowed</span>
      </p>
      <ul>
        {[...unnamed].slice(0, unnamedShown).map(([licence, versions]) => (
          <li key={licence} className="line">
            <code>{licence}</code>
            <Link className="rows" href={listHref('/licences', { licence, of: 'versions' })}>
              {counted(versions, 'package version')}
            </Link>
            <select
              className="field"
              aria-label={`Category of ${licence}`}
              value=""
              onChange={(event) => change(withLicence(policy, event.target.value, licence))}
            >
              <option value="">put into…</option>
              {policy.categories.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  );
}
