import { parseExpression } from '#language/spdx/expression.ts';
import { termKey } from '#language/spdx/normal-form.ts';
import type { IpPolicy } from '#model/ip-policy.ts';

/** What is wrong at one place of an IP policy, one sentence. */
export type IpPolicyProblem = { readonly place: string; readonly message: string };

/** What of a policy makes no sense: such a one cannot be proposed. */
export function ipPolicyProblems(policy: IpPolicy): readonly IpPolicyProblem[] {
  const problems: IpPolicyProblem[] = [];
  const note = (place: string, message: string): void => {
    problems.push({ place, message });
  };
  const categories = new Set(policy.categories.map((each) => each.id));
  const obligations = new Set(policy.obligations.map((each) => each.id));
  for (const [list, place] of [
    [policy.categories, 'categories'],
    [policy.rules, 'rules'],
    [policy.obligations, 'obligations'],
  ] as const)
    for (const id of repeated(list.map((each) => each.id))) note(`${place}.${id}`, `The id ${id} is given twice.`);
  const places = new Map<string, string>();
  for (const { id, licences } of policy.categories) {
    for (const text of licences) {
      const key = singleKey(text);
      if (key === null) note(`categories.${id}`, `${JSON.stringify(text)} is not one licence as SPDX writes it.`);
      else if ((places.get(key) ?? id) !== id) note(`categories.${id}`, `${text} is in the category ${places.get(key) ?? ''} as well.`);
      else places.set(key, id);
    }
  }
  for (const rule of policy.rules) {
    for (const category of rule.categories ?? []) if (!categories.has(category)) note(`rules.${rule.id}`, `There is no category ${category}.`);
    for (const text of rule.licences ?? [])
      if (singleKey(text) === null) note(`rules.${rule.id}`, `${JSON.stringify(text)} is not one licence as SPDX writes it.`);
    for (const obligation of rule.obligations) if (!obligations.has(obligation)) note(`rules.${rule.id}`, `There is no obligation ${obligation}.`);
    if (rule.verdict === 'allowed' && rule.categories === undefined && rule.licences === undefined)
      note(`rules.${rule.id}`, 'A line that allows names categories or licences: nothing is allowed by being left out.');
  }
  for (const { licence, notWith } of policy.outbound) {
    if (singleKey(licence) === null) note(`outbound.${licence}`, `${JSON.stringify(licence)} is not one licence as SPDX writes it.`);
    for (const each of notWith)
      if (!categories.has(each) && singleKey(each) === null)
        note(`outbound.${licence}`, `${JSON.stringify(each)} is neither a category nor one licence.`);
  }
  for (const [at, { from, to }] of (policy.changes ?? []).entries())
    for (const each of [...from, ...to]) if (!categories.has(each)) note(`changes.${String(at)}`, `There is no category ${each}.`);
  return problems;
}

function singleKey(text: string): string | null {
  const read = parseExpression(text);
  return read.ok && read.expression.kind === 'licence' ? termKey(read.expression) : null;
}

function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
}
