import { parseExpression, type LicenceTerm } from '#language/spdx/expression.ts';
import { termKey } from '#language/spdx/normal-form.ts';
import type { IpPolicy, IpRule, LicenceCategory, Obligation } from '#model/ip-policy.ts';
import type { Delivery, Linking } from '#model/licence.ts';

/** One way in which something may be used: every part known, or supposed. */
export type Situation = {
  readonly delivery: Delivery;
  readonly linking: Linking;
  readonly modified: boolean;
  /** Licence under which it is given out; null for none. */
  readonly outbound: string | null;
};

/** A policy made ready to be asked. */
export type PolicyIndex = {
  readonly policy: IpPolicy;
  /** Null for a licence that the policy does not name. */
  categoryOf(term: LicenceTerm): LicenceCategory | null;
  /** The first line that fits; null when none does. */
  ruleFor(term: LicenceTerm, category: LicenceCategory, situation: Situation): IpRule | null;
  /** Why a licence may not be in what is given out so; null when it may, or the policy says nothing. */
  outboundProblem(term: LicenceTerm, category: LicenceCategory | null, situation: Situation): string | null;
  obligation(id: string): Obligation | null;
};

/** Makes a policy ready; what it names that is no licence is passed over, and `policyProblems` says so. */
export function indexPolicy(policy: IpPolicy): PolicyIndex {
  const categories = new Map<string, LicenceCategory>();
  for (const category of policy.categories) {
    for (const text of category.licences) {
      const key = keyOfText(text);
      if (key !== null && !categories.has(key)) categories.set(key, category);
    }
  }
  const rules = policy.rules.map((rule) => ({ rule, licences: rule.licences === undefined ? null : keysOf(rule.licences) }));
  const outbound = new Map(policy.outbound.flatMap((each) => (keyOfText(each.licence) === null ? [] : [[keyOfText(each.licence), each] as const])));
  const obligations = new Map(policy.obligations.map((each) => [each.id, each]));
  return {
    policy,
    categoryOf(term) {
      for (const key of keysFor(term)) {
        const category = categories.get(key);
        if (category !== undefined) return category;
      }
      return null;
    },
    ruleFor(term, category, situation) {
      const keys = keysFor(term);
      return rules.find(({ rule, licences }) => fits(rule, licences, category.id, keys, situation))?.rule ?? null;
    },
    outboundProblem(term, category, { outbound: licence }) {
      const line = licence === null ? undefined : outbound.get(keyOfText(licence));
      if (line === undefined) return null;
      const keys = keysFor(term);
      const isNamed = line.notWith.some((each) => each === category?.id || keys.includes(keyOfText(each) ?? ''));
      return isNamed ? line.because : null;
    },
    obligation: (id) => obligations.get(id) ?? null,
  };
}

function fits(rule: IpRule, licences: ReadonlySet<string> | null, category: string, keys: readonly string[], situation: Situation): boolean {
  if (rule.categories !== undefined && !rule.categories.includes(category)) return false;
  if (licences !== null && !keys.some((key) => licences.has(key))) return false;
  if (rule.deliveries !== undefined && !rule.deliveries.includes(situation.delivery)) return false;
  if (rule.linking !== undefined && !rule.linking.includes(situation.linking)) return false;
  return rule.modified === undefined || rule.modified === situation.modified;
}

/** The licence itself, then without what only widens it: an exception permits more, and so does a later version. */
function keysFor(term: LicenceTerm): readonly string[] {
  const known = keysKept.get(term);
  if (known !== undefined) return known;
  const whole = termKey(term);
  const bare = termKey({ ...term, exception: null });
  const single = termKey({ ...term, exception: null, orLater: false });
  const keys = [...new Set([whole, bare, single])];
  keysKept.set(term, keys);
  return keys;
}

// The same term is looked up in every situation.
const keysKept = new WeakMap<LicenceTerm, readonly string[]>();

function keysOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => keyOfText(text) ?? []));
}

/** Null for what is not one licence. */
export function keyOfText(text: string): string | null {
  const read = parseExpression(text);
  return read.ok && read.expression.kind === 'licence' ? termKey(read.expression) : null;
}
