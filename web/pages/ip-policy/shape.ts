import type { IpPolicy } from '#model/ip-policy.ts';

/** A document as an IP policy that the form can show; null where a part of it is missing. The server says what else is wrong with it. */
export function asIpPolicy(document: object | null): IpPolicy | null {
  const lists = ['categories', 'rules', 'obligations', 'outbound', 'alternatives'] as const;
  const said = document as Partial<Record<keyof IpPolicy, unknown>> | null;
  if (said === null || lists.some((list) => !isListOfThings(said[list])) || typeof said.gates !== 'object' || said.gates === null) return null;
  const policy = document as IpPolicy;
  const isWhole =
    policy.categories.every(({ id, licences }) => isText(id) && isWords(licences)) &&
    policy.rules.every(
      ({ id, obligations, categories }) => isText(id) && isWords(obligations) && (categories === undefined || isWords(categories)),
    ) &&
    policy.obligations.every(({ id }) => isText(id)) &&
    policy.outbound.every(({ notWith }) => isWords(notWith)) &&
    policy.alternatives.every(({ use }) => isWords(use)) &&
    (policy.changes ?? []).every(({ from, to }) => isWords(from) && isWords(to));
  return isWhole ? policy : null;
}

function isListOfThings(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
}

function isWords(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
