import { printTerm, type LicenceExpression, type LicenceTerm } from '#language/spdx/expression.ts';
import type { ObligationTrigger } from '#model/ip-policy.ts';
import { deliveries, linkings, policyVerdicts, type Artifact, type LicenceQuestion, type PolicyVerdict } from '#model/licence.ts';
import type { EffectiveLicence } from './effective-licence.ts';
import type { PolicyIndex, Situation } from './policy-index.ts';

/** What the policy says of one licence of an expression, in one situation. */
export type LeafVerdict = {
  readonly licence: string;
  /** Id of its category; null for a licence that the policy does not name. */
  readonly category: string | null;
  readonly verdict: PolicyVerdict;
  /** Id of the line that said it; null when none fits. */
  readonly rule: string | null;
  readonly because: string;
  readonly obligations: readonly string[];
};

/** An expression with the verdict of each part; that of an OR is its best, that of an AND its worst. */
export type VerdictTree =
  | { readonly kind: 'licence'; readonly verdict: PolicyVerdict; readonly leaf: LeafVerdict }
  | { readonly kind: 'and' | 'or'; readonly verdict: PolicyVerdict; readonly of: readonly VerdictTree[] };

/** How something is used. */
export type LicenceUse = {
  /** What its component delivers; empty: nobody said. */
  readonly artifacts: readonly Artifact[];
  /** Only used to build or test. */
  readonly isDevelopment: boolean;
};

/** A duty that comes with a use. `open`: whether it holds hangs on what is not known. */
export type DueObligation = { readonly id: string; readonly state: 'due' | 'open' };

/** What the policy says of one use. */
export type LicenceVerdict = {
  readonly verdict: PolicyVerdict;
  /** One sentence. */
  readonly because: string;
  /** In normal form; null when unknown. */
  readonly licence: string | null;
  /** Category of what decided. */
  readonly category: string | null;
  readonly rule: string | null;
  /** The licences relied on, after the choice in an OR. */
  readonly relyOn: readonly string[];
  readonly obligations: readonly DueObligation[];
  /** What would have to be said for a verdict. */
  readonly asks: readonly LicenceQuestion[];
  /** Of the situations that may be, the best and the worst; null where they agree. */
  readonly between: readonly [best: PolicyVerdict, worst: PolicyVerdict] | null;
  /** Name of the artifact that decided; null where nobody declared one, or it makes no difference. */
  readonly artifact: string | null;
};

/** Judges one use of one licence. Pure; the same question may be asked again and again, so keep the answers (`judgeOnce`). */
export function judgeUse(index: PolicyIndex, licence: EffectiveLicence, use: LicenceUse): LicenceVerdict {
  const { expression, text } = licence;
  if (expression === null) return unknownLicence(licence);
  const suppositions = suppositionsOf(index, use);
  const judged = suppositions.map((each) => judgeSupposition(index, expression, each));
  const decisive = judged.reduce((worst, each) => (rank(each.verdict) > rank(worst.verdict) ? each : worst));
  const asks = [...new Set(judged.flatMap((each) => (rank(each.verdict) === rank(decisive.verdict) ? each.asks : [])))];
  return { ...decisive, licence: text, asks, obligations: mergedObligations(judged.map((each) => each.obligations)) };
}

/** The expression with verdicts, in one situation: for the page that shows the tree. */
export function verdictTree(index: PolicyIndex, expression: LicenceExpression, situation: Situation): VerdictTree {
  if (expression.kind === 'licence') {
    const leaf = judgeTerm(index, expression, situation);
    return { kind: 'licence', verdict: leaf.verdict, leaf };
  }
  const of = expression.of.map((each) => verdictTree(index, each, situation));
  const ranks = of.map((each) => rank(each.verdict));
  const decided = expression.kind === 'or' ? Math.min(...ranks) : Math.max(...ranks);
  return { kind: expression.kind, verdict: policyVerdicts[decided] ?? 'unknown', of };
}

/** Where a verdict stands from best (0) to worst. */
export function rank(verdict: PolicyVerdict): number {
  return policyVerdicts.indexOf(verdict);
}

/** One artifact with every situation in which it may be. */
export type Supposition = { readonly artifact: string | null; readonly situations: readonly Situation[]; readonly open: readonly LicenceQuestion[] };
type Judged = Omit<LicenceVerdict, 'licence'>;

/** What a use may be: known deliveries must all be met, each by itself; unknown parts are supposed as everything they may be. */
export function suppositionsOf({ policy }: PolicyIndex, { artifacts, isDevelopment }: LicenceUse): readonly Supposition[] {
  const unknown: Artifact = { name: '', deliveries: [], linking: null, modified: null, outbound: null };
  const all = artifacts.length === 0 ? [unknown] : artifacts;
  return all.flatMap((artifact): readonly Supposition[] => {
    const isInternal = isDevelopment && policy.development === 'internal';
    const known = isInternal ? (['internal'] as const) : artifact.deliveries;
    const open: LicenceQuestion[] = [];
    if (known.length === 0) open.push('delivery');
    if (artifact.linking === null) open.push('linking');
    if (artifact.modified === null) open.push('modified');
    const name = artifacts.length === 0 ? null : artifact.name;
    const groups = known.length === 0 ? [deliveries] : known.map((each) => [each]);
    return groups.map((group) => ({ artifact: name, open, situations: situationsOf(artifact, group, isInternal) }));
  });
}

function situationsOf({ linking, modified, outbound }: Artifact, group: readonly Situation['delivery'][], isInternal: boolean): readonly Situation[] {
  const given = isInternal ? null : outbound;
  return group.flatMap((delivery) =>
    (linking === null ? linkings : [linking]).flatMap((link) =>
      (modified === null ? [false, true] : [modified]).map((changed) => ({ delivery, linking: link, modified: changed, outbound: given })),
    ),
  );
}

function judgeSupposition(index: PolicyIndex, expression: LicenceExpression, { artifact, situations, open }: Supposition): Judged {
  const outcomes = situations.map((situation) => ({ situation, ...resolved(index, verdictTree(index, expression, situation)) }));
  const [first] = outcomes;
  if (first === undefined) throw new Error('A use without a situation was to be judged: every delivery is a situation.');
  const worst = outcomes.reduce((most, each) => (rank(each.verdict) > rank(most.verdict) ? each : most), first);
  const best = outcomes.reduce((least, each) => (rank(each.verdict) < rank(least.verdict) ? each : least), first);
  const obligations = obligationsOf(index, outcomes);
  const decisive = decisiveLeaf(worst.leaves);
  const said = { category: decisive.category, rule: decisive.rule, relyOn: relyOn(worst.leaves), obligations, artifact };
  if (worst.verdict === best.verdict) return { ...said, verdict: worst.verdict, because: sentence(decisive), asks: asksOf(decisive), between: null };
  const asks = open.filter((question) => changesVerdict(question, outcomes));
  const because = `What is not known decides it: ${asks.map((each) => questionWords[each]).join(', ')}. At best it is ${words[best.verdict]}, at worst ${words[worst.verdict]}.`;
  return { ...said, verdict: 'unknown', because, asks, between: [best.verdict, worst.verdict] };
}

const questionWords: Readonly<Record<LicenceQuestion, string>> = {
  licence: 'the licence',
  delivery: 'how it is delivered',
  linking: 'how it is linked',
  modified: 'whether it is modified',
};

const words: Readonly<Record<PolicyVerdict, string>> = {
  allowed: 'allowed',
  conditions: 'allowed with conditions',
  review: 'for review',
  unknown: 'unknown',
  denied: 'denied',
};

function asksOf({ verdict, category }: LeafVerdict): readonly LicenceQuestion[] {
  return verdict === 'unknown' && category === null ? ['licence'] : [];
}

function sentence({ licence, because }: LeafVerdict): string {
  return `${licence}: ${because}`;
}

type Outcome = { readonly situation: Situation; readonly verdict: PolicyVerdict; readonly leaves: readonly LeafVerdict[] };

/** The verdict of a tree with the leaves it rests on: of an OR the best branch; of two as good the one of the earlier category, then with fewer duties. */
function resolved(index: PolicyIndex, tree: VerdictTree): Omit<Outcome, 'situation'> {
  if (tree.kind === 'licence') return { verdict: tree.verdict, leaves: [tree.leaf] };
  const parts = tree.of.map((part) => resolved(index, part));
  if (tree.kind === 'and') return { verdict: tree.verdict, leaves: parts.flatMap((part) => part.leaves) };
  return parts.reduce((least, each) => (isBetter(index, each, least) ? each : least));
}

function isBetter(index: PolicyIndex, a: Omit<Outcome, 'situation'>, b: Omit<Outcome, 'situation'>): boolean {
  const steps = [rank(a.verdict) - rank(b.verdict), latestCategory(index, a) - latestCategory(index, b), dutiesOf(a) - dutiesOf(b)];
  return (steps.find((step) => step !== 0) ?? 0) < 0;
}

/** The policy writes its categories from the freest on. */
function latestCategory({ policy }: PolicyIndex, { leaves }: Omit<Outcome, 'situation'>): number {
  return Math.max(...leaves.map((leaf) => policy.categories.findIndex((each) => each.id === leaf.category)));
}

function dutiesOf({ leaves }: Omit<Outcome, 'situation'>): number {
  return leaves.reduce((sum, leaf) => sum + leaf.obligations.length, 0);
}

function decisiveLeaf(leaves: readonly LeafVerdict[]): LeafVerdict {
  return leaves.reduce((worst, each) => (rank(each.verdict) > rank(worst.verdict) ? each : worst));
}

function relyOn(leaves: readonly LeafVerdict[]): readonly string[] {
  return [...new Set(leaves.map((leaf) => leaf.licence))];
}

/** Whether two situations that differ in nothing else get different verdicts. */
function changesVerdict(question: LicenceQuestion, outcomes: readonly Outcome[]): boolean {
  if (question === 'licence') return false;
  const seen = new Map<string, PolicyVerdict>();
  for (const { situation, verdict } of outcomes) {
    const key = JSON.stringify((['delivery', 'linking', 'modified'] as const).map((part) => (part === question ? null : situation[part])));
    const before = seen.get(key);
    if (before !== undefined && before !== verdict) return true;
    seen.set(key, verdict);
  }
  return false;
}

/** What the policy says of one licence in one situation. */
export function judgeTerm(index: PolicyIndex, term: LicenceTerm, situation: Situation): LeafVerdict {
  const licence = printTerm(term);
  const category = index.categoryOf(term);
  const nothing = { licence, category: category?.id ?? null, rule: null, obligations: [] };
  const against = index.outboundProblem(term, category, situation);
  if (against !== null) return { ...nothing, verdict: 'denied', rule: 'outbound', because: against };
  if (category === null) return { ...nothing, verdict: 'unknown', because: 'the policy does not name this licence.' };
  const rule = index.ruleFor(term, category, situation);
  if (rule === null)
    return { ...nothing, verdict: index.policy.otherwise, because: `no line of the policy fits ${category.title.toLowerCase()} used so.` };
  return { ...nothing, verdict: rule.verdict, rule: rule.id, because: rule.because, obligations: rule.obligations };
}

function unknownLicence({ from, unread }: EffectiveLicence): LicenceVerdict {
  const [first] = unread;
  const because =
    first === undefined
      ? 'Nothing says under which licence it is.'
      : `${JSON.stringify(first.text.slice(0, 120))} is no licence expression, so that its licence is unknown.`;
  const none = { licence: null, category: null, rule: null, relyOn: [], obligations: [], between: null, artifact: null };
  return { ...none, verdict: 'unknown', because: from === null ? 'Nothing says under which licence it is.' : because, asks: ['licence'] };
}

function obligationsOf(index: PolicyIndex, outcomes: readonly Outcome[]): readonly DueObligation[] {
  const counts = new Map<string, number>();
  for (const { situation, leaves } of outcomes) {
    const here = new Set(leaves.flatMap((leaf) => leaf.obligations).filter((id) => isTriggered(index.obligation(id)?.when ?? 'always', situation)));
    for (const id of here) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].map(([id, count]) => ({ id, state: count === outcomes.length ? 'due' : 'open' }));
}

const kept: ReadonlySet<Situation['delivery']> = new Set(['internal', 'saas']);

function isTriggered(when: ObligationTrigger, { delivery, modified }: Situation): boolean {
  switch (when) {
    case 'always':
      return true;
    case 'delivered':
      return !kept.has(delivery);
    case 'modified':
      return modified;
    case 'modified-and-delivered':
      return modified && !kept.has(delivery);
    case 'over-a-network':
      return delivery !== 'internal';
    default:
      return when satisfies never;
  }
}

function mergedObligations(lists: readonly (readonly DueObligation[])[]): readonly DueObligation[] {
  const merged = new Map<string, DueObligation>();
  for (const each of lists.flat()) if (merged.get(each.id)?.state !== 'due') merged.set(each.id, each);
  return [...merged.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
