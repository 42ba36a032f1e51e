import { indexPolicy, type PolicyIndex } from '#analysis/licences/policy-index.ts';
import { judgeUse, verdictTree, type VerdictTree } from '#analysis/licences/verdict.ts';
import type { CaseFacts } from '#desk/council/facts.ts';
import type { Desk } from '#desk/desk.ts';
import { ipPolicyInForce, ipPolicyName } from '#desk/ip-policy/ip-policies.ts';
import { choiceFor, type StandingChoice } from '#desk/licences/choices.ts';
import { readRange } from '#language/in-range.ts';
import { packageOfPurl } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { choicesOf } from '#language/spdx/choices.ts';
import { parseExpression, printExpression, termsOf, type LicenceExpression } from '#language/spdx/expression.ts';
import { expressionKey, normalForm, termKey } from '#language/spdx/normal-form.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import { deliveries, type Delivery, type PolicyVerdict } from '#model/licence.ts';

/** A part of an expression with its verdict, for drawing. */
export type TreeView = {
  readonly kind: 'licence' | 'and' | 'or';
  /** Null for what joins others. */
  readonly licence: string | null;
  readonly verdict: PolicyVerdict;
  readonly because: string;
  /** False for a branch that counsel did not choose. */
  readonly isReliedOn: boolean;
  /** For a branch of an OR, what would be relied on once it is chosen; null for all else. */
  readonly rely: string | null;
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
  /** What counsel chose of it for this package; null where nobody chose. */
  readonly choice: { readonly rely: string; readonly council: string | null } | null;
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
export function licenceView(desk: Pick<Desk, 'ipPolicies' | 'licenceChoices'>, facts: CaseFacts): LicenceView | null {
  if (facts.licence === null) return null;
  const version = ipPolicyInForce(desk.ipPolicies);
  const index = indexes.get(version.policy) ?? indexPolicy(version.policy);
  indexes.set(version.policy, index);
  const read = parseExpression(facts.licence);
  const policy = ipPolicyName(version);
  if (!read.ok) return { text: facts.licence, policy, problem: read.problem.message, tree: null, choice: null, contexts: [], obligations: [] };
  const { expression } = read;
  const choice = choiceIn(desk, facts, expressionKey(expression));
  const chosen = choice === null ? null : parseExpression(choice.rely);
  const counts = chosen?.ok === true ? chosen.expression : expression;
  const treeFor = (delivery: Delivery, of: LicenceExpression): VerdictTree =>
    verdictTree(index, of, { delivery, linking: facts.linking ?? 'static', modified: facts.modified ?? true, outbound: null });
  return {
    ...{ text: facts.licence, policy, problem: null },
    tree: treeView(expression, treeFor(facts.delivery ?? 'published', expression), drawn(expression, counts)),
    choice: choice === null ? null : { rely: choice.rely, council: choice.council },
    contexts: deliveries.map((delivery) => {
      const leaves = leavesOf(treeFor(delivery, expression));
      return { delivery, verdict: treeFor(delivery, counts).verdict, leaves, isThis: delivery === facts.delivery };
    }),
    obligations: obligationsOf(index, counts, facts),
  };
}

/** What counsel chose for the package of a case; of a case without a version, for all versions. */
function choiceIn({ licenceChoices }: Pick<Desk, 'licenceChoices'>, { package: named, version }: CaseFacts, licence: string): StandingChoice | null {
  const scheme = named === null ? null : schemeOf(packageOfPurl(named)?.ecosystem ?? '');
  const isIn = (range: string): boolean => {
    const read = scheme === null || version === null ? null : readRange(scheme, range);
    return read?.ok === true && read.range.contains(version ?? '');
  };
  return named === null ? null : choiceFor(licenceChoices, named, licence, isIn);
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

/** How a part of an expression is drawn: whether it is relied on, and how the whole reads with another in its place. */
type Drawn = {
  readonly isReliedOn: (part: LicenceExpression) => boolean;
  readonly isBranch: boolean;
  readonly wholeWith: (part: LicenceExpression) => LicenceExpression;
};

/** A part is relied on while some way to meet it takes only what counts. */
function drawn(whole: LicenceExpression, counts: LicenceExpression): Drawn {
  const terms = new Set(termsOf(counts).map(termKey));
  const isMet = (part: LicenceExpression): boolean => choicesOf(part)?.some((each) => each.every((term) => terms.has(termKey(term)))) === true;
  return { isReliedOn: (part) => whole === counts || isMet(part), isBranch: false, wholeWith: (part) => part };
}

function treeView(expression: LicenceExpression, tree: VerdictTree, how: Drawn): TreeView {
  const rely = how.isBranch ? printExpression(normalForm(how.wholeWith(keptOf(expression, how)))) : null;
  const said = { isReliedOn: how.isReliedOn(expression), rely, verdict: tree.verdict };
  if (expression.kind === 'licence' || tree.kind === 'licence') {
    const leaf = tree.kind === 'licence' ? tree.leaf : null;
    return { ...said, kind: 'licence', licence: leaf?.licence ?? null, because: leaf?.because ?? '', of: [] };
  }
  const { kind, of } = expression;
  const parts = of.flatMap((part, at): readonly TreeView[] => {
    const wholeWith = (other: LicenceExpression): LicenceExpression =>
      how.wholeWith(kind === 'or' ? other : { kind, of: of.map((each, index) => (index === at ? other : keptOf(each, how))) });
    const below = tree.of[at];
    return below === undefined ? [] : [treeView(part, below, { isReliedOn: how.isReliedOn, isBranch: kind === 'or', wholeWith })];
  });
  return { ...said, kind, licence: null, because: '', of: parts };
}

/** An expression without the branches that were not chosen; whole where none of them was. */
function keptOf(expression: LicenceExpression, how: Pick<Drawn, 'isReliedOn'>): LicenceExpression {
  if (expression.kind === 'licence') return expression;
  const of = expression.of.map((each) => keptOf(each, how));
  const kept = expression.kind === 'and' ? of : of.filter(how.isReliedOn);
  const [only] = kept;
  return kept.length === 1 && only !== undefined ? only : { kind: expression.kind, of: kept.length === 0 ? of : kept };
}

function leavesOf(tree: VerdictTree): readonly PolicyVerdict[] {
  return tree.kind === 'licence' ? [tree.verdict] : tree.of.flatMap(leavesOf);
}
