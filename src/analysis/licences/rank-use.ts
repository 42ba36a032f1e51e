import type { LicenceExpression } from '#language/spdx/expression.ts';
import { printTerm } from '#language/spdx/expression.ts';
import { deliveries, linkings, policyVerdicts } from '#model/licence.ts';
import type { EffectiveLicence } from './effective-licence.ts';
import type { PolicyIndex, Situation } from './policy-index.ts';
import { judgeTerm, rank, suppositionsOf, type LicenceUse } from './verdict.ts';

/** Every situation without an outbound licence, by number. */
const situations: readonly Situation[] = deliveries.flatMap((delivery) =>
  linkings.flatMap((linking) => [false, true].map((modified) => ({ delivery, linking, modified, outbound: null }))),
);
const numbers: ReadonlyMap<string, number> = new Map(situations.map((each, at) => [keyOf(each), at]));
const unknown = rank('unknown');

/** A use as numbers of situations: each list must be met, and whether its members agree decides. Null where an outbound licence counts as well. */
export type NumberedUse = readonly (readonly number[])[] | null;

/** A use made ready for many licences. */
export function numberedUse(index: PolicyIndex, use: LicenceUse): NumberedUse {
  const lists = suppositionsOf(index, use).map((each) => each.situations);
  if (lists.some((list) => list.some((each) => each.outbound !== null))) return null;
  return lists.map((list) => list.map((each) => numbers.get(keyOf(each)) ?? 0));
}

function keyOf({ delivery, linking, modified }: Situation): string {
  return `${delivery} ${linking} ${String(modified)}`;
}

/** Ranks of a licence in every situation. `terms` keeps those of single licences, of which there are few. */
export function licenceRow(index: PolicyIndex, { expression }: EffectiveLicence, terms: Map<string, Uint8Array>): Uint8Array {
  return expression === null ? new Uint8Array(situations.length).fill(unknown) : rowOf(index, expression, terms);
}

function rowOf(index: PolicyIndex, expression: LicenceExpression, terms: Map<string, Uint8Array>): Uint8Array {
  if (expression.kind === 'licence') {
    const key = printTerm(expression);
    let row = terms.get(key);
    // One that the policy does not name is unknown in every situation.
    const isNamed = row !== undefined || index.categoryOf(expression) !== null;
    if (row === undefined)
      terms.set(
        key,
        (row = isNamed
          ? Uint8Array.from(situations, (each) => rank(judgeTerm(index, expression, each).verdict))
          : new Uint8Array(situations.length).fill(unknown)),
      );
    return row;
  }
  const rows = expression.of.map((each) => rowOf(index, each, terms));
  const choose = expression.kind === 'or' ? Math.min : Math.max;
  return Uint8Array.from(situations, (_, at) => rows.reduce((chosen, row) => choose(chosen, row[at] ?? unknown), rows[0]?.[at] ?? unknown));
}

/** The rank of the verdict that `judgeUse` gives, without its reasons. */
export function rankUse(row: Uint8Array, use: readonly (readonly number[])[]): number {
  let worst = 0;
  for (const list of use) {
    let least: number = policyVerdicts.length;
    let most = 0;
    for (const at of list) {
      const here = row[at] ?? unknown;
      if (here < least) least = here;
      if (here > most) most = here;
    }
    const decided = least === most ? most : unknown;
    if (decided > worst) worst = decided;
  }
  return worst;
}

/** The category of a licence, whatever the use: of an AND that of its least free part, of an OR of its freest; null for one that the policy does not name. */
export function categoryOf(index: PolicyIndex, { expression }: EffectiveLicence): string | null {
  const place = expression === null ? null : placeOf(index, expression);
  return place === null ? null : (index.policy.categories[place]?.id ?? null);
}

function placeOf(index: PolicyIndex, expression: LicenceExpression): number | null {
  if (expression.kind === 'licence') {
    const category = index.categoryOf(expression);
    return category === null ? null : index.policy.categories.indexOf(category);
  }
  const places = expression.of.map((each) => placeOf(index, each));
  const known = places.filter((place) => place !== null);
  if (expression.kind === 'or') return known.length === 0 ? null : Math.min(...known);
  return known.length < places.length ? null : Math.max(...known);
}
