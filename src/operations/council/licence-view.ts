import { indexPolicy, type PolicyIndex } from '#analysis/licences/policy-index.ts';
import { judgeUse, verdictTree, type VerdictTree } from '#analysis/licences/verdict.ts';
import type { CaseFacts } from '#desk/council/facts.ts';
import type { Desk } from '#desk/desk.ts';
import { ipPolicyInForce, ipPolicyName } from '#desk/ip-policy/ip-policies.ts';
import { parseExpression, type LicenceExpression } from '#language/spdx/expression.ts';
import { normalForm } from '#language/spdx/normal-form.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import { deliveries, type Delivery, type PolicyVerdict } from '#model/licence.ts';

/** A part of an expression with its verdict, for drawing. */
export type TreeView =
  | {
      readonly kind: 'licence';
      readonly licence: string;
      readonly verdict: PolicyVerdict;
      readonly because: string;
      readonly of: readonly TreeView[];
    }
  | {
      readonly kind: 'and' | 'or';
      readonly licence: null;
      readonly verdict: PolicyVerdict;
      readonly because: string;
      readonly of: readonly TreeView[];
    };

/** What the IP policy says of the licence of a case: the expression as a tree, and the verdict in each context of use. */
export type LicenceView = {
  readonly text: string;
  /** `ip-policy@12`. */
  readonly policy: string;
  /** Why it does not parse, and the verdict is unknown; null when it does. */
  readonly problem: string | null;
  readonly tree: TreeView | null;
  readonly contexts: readonly {
    readonly delivery: Delivery;
    readonly verdict: PolicyVerdict;
    readonly leaves: readonly PolicyVerdict[];
    readonly isThis: boolean;
  }[];
  readonly obligations: readonly { readonly id: string; readonly title: string; readonly asks: string; readonly state: 'due' | 'open' }[];
};

const indexes = new WeakMap<IpPolicy, PolicyIndex>();

/** The licence of a case under the policy in force; null where it names none. What is not known of linking and change is supposed as the worse. */
export function licenceView(desk: Pick<Desk, 'ipPolicies'>, facts: CaseFacts): LicenceView | null {
  if (facts.licence === null) return null;
  const version = ipPolicyInForce(desk.ipPolicies);
  const index = indexes.get(version.policy) ?? indexPolicy(version.policy);
  indexes.set(version.policy, index);
  const read = parseExpression(facts.licence);
  const policy = ipPolicyName(version);
  if (!read.ok) return { text: facts.licence, policy, problem: read.problem.message, tree: null, contexts: [], obligations: [] };
  const { expression } = read;
  const treeFor = (delivery: Delivery): VerdictTree =>
    verdictTree(index, expression, { delivery, linking: facts.linking ?? 'static', modified: facts.modified ?? true, outbound: null });
  return {
    ...{ text: facts.licence, policy, problem: null },
    tree: treeView(treeFor(facts.delivery ?? 'published')),
    contexts: deliveries.map((delivery) => {
      const tree = treeFor(delivery);
      return { delivery, verdict: tree.verdict, leaves: leavesOf(tree), isThis: delivery === facts.delivery };
    }),
    obligations: obligationsOf(index, expression, facts),
  };
}

function obligationsOf(index: PolicyIndex, expression: LicenceExpression, { delivery, linking, modified }: CaseFacts): LicenceView['obligations'] {
  const artifact = { name: 'asked', deliveries: delivery === null ? [] : [delivery], linking, modified, outbound: null };
  const effective = {
    expression: normalForm(expression),
    text: null,
    from: 'declared',
    isDisputed: false,
    isFoundOtherwise: false,
    unread: [],
  } as const;
  return judgeUse(index, effective, { artifacts: [artifact], isDevelopment: false }).obligations.flatMap(({ id, state }) => {
    const duty = index.obligation(id);
    return duty === null ? [] : [{ id, title: duty.title, asks: duty.asks, state }];
  });
}

function treeView(tree: VerdictTree): TreeView {
  if (tree.kind === 'licence') return { kind: 'licence', licence: tree.leaf.licence, verdict: tree.verdict, because: tree.leaf.because, of: [] };
  return { kind: tree.kind, licence: null, verdict: tree.verdict, because: '', of: tree.of.map(treeView) };
}

function leavesOf(tree: VerdictTree): readonly PolicyVerdict[] {
  return tree.kind === 'licence' ? [tree.verdict] : tree.of.flatMap(leavesOf);
}
