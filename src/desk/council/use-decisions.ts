import type { Desk } from '../desk.ts';
import { decisionNow, type Case, type CaseDecision } from './cases.ts';
import type { CaseFacts } from './facts.ts';

/** What a licence verdict asks for: one package version as one component uses it. */
export type AskedUse = Pick<CaseFacts, 'package' | 'version' | 'licence' | 'component' | 'delivery' | 'linking' | 'modified'> & {
  /** Of the component; null for none. */
  readonly team: string | null;
};

/** What the council said of a use: the decision that counts, and those that would but lose, with the reason (model.md 14). */
export type UseDecision = {
  readonly decision: { readonly case: Case; readonly decision: CaseDecision } | null;
  readonly others: readonly {
    readonly case: Case;
    readonly decision: CaseDecision;
    readonly because: 'expired' | 'asked-again' | 'less-specific' | 'earlier';
  }[];
};

/** Cases about uses, by package: made once for many questions, and anew when the desk moved. */
export type UseIndex = ReadonlyMap<string, readonly Case[]>;

/** Indexes what was asked about uses and not withdrawn. */
export function indexUses({ council }: Pick<Desk, 'council'>): UseIndex {
  const uses = [...council.cases.values()].filter((each) => each.kind === 'use' && each.state !== 'withdrawn');
  return Map.groupBy(uses, (each) => each.facts.package ?? '');
}

/** What the council decided about a use, as it holds at a moment. Nothing that has ended holds, whoever noticed. */
export function useDecisionFor(index: UseIndex, use: AskedUse, now: number): UseDecision {
  const holding: { readonly case: Case; readonly decision: CaseDecision }[] = [];
  const others: UseDecision['others'][number][] = [];
  for (const each of index.get(use.package ?? '') ?? []) {
    const decision = each.decisions.at(-1);
    if (decision === undefined || !means(each, decision.facts, use)) continue;
    const of = { case: each, decision };
    if (decisionNow(each, now) === decision) holding.push(of);
    else others.push({ ...of, because: decision.ended === null ? 'expired' : 'asked-again' });
  }
  holding.sort((a, b) => weight(b) - weight(a) || b.decision.seq - a.decision.seq);
  const [best, ...losers] = holding;
  if (best === undefined) return { decision: null, others };
  for (const each of losers) others.push({ ...each, because: weight(each) < weight(best) ? 'less-specific' : 'earlier' });
  return { decision: best, others };
}

/** The open case that asks about a use; null when nobody asks. */
export function openCaseFor(index: UseIndex, use: AskedUse): Case | null {
  return index.get(use.package ?? '')?.find((each) => each.state === 'open' && means(each, each.facts, use)) ?? null;
}

/** Whether facts mean a use: what they name is the same, and what they leave open does not matter. A part that the use does not know is not met. */
function means({ team }: Case, facts: CaseFacts, use: AskedUse): boolean {
  if (facts.package === null || facts.package !== use.package) return false;
  if (facts.component !== null ? facts.component !== use.component : team !== null && team !== use.team) return false;
  if (facts.licence !== null && facts.licence !== use.licence) return false;
  if (facts.delivery !== null && facts.delivery !== use.delivery) return false;
  if (facts.linking !== null && facts.linking !== use.linking) return false;
  if (facts.modified !== null && facts.modified !== use.modified) return false;
  return facts.version === null || majorOf(facts.version) === majorOf(use.version ?? '');
}

const weights = { component: 32, delivery: 8, linking: 8, modified: 8, licence: 4, version: 4, package: 2 } as const;

/** How narrow a decision is: the larger wins over the smaller. */
function weight({ case: { team }, decision: { facts } }: { readonly case: Case; readonly decision: CaseDecision }): number {
  let sum = team === null ? 0 : 16;
  for (const [part, value] of Object.entries(weights)) if (facts[part as keyof typeof weights] !== null) sum += value;
  return sum;
}

/** The first number of a version, which says whether it is the same package to lawyers; the whole version where there is none. */
export function majorOf(version: string): string {
  return /^v?(\d+)(?:[.\-+]|$)/.exec(version)?.[1] ?? version;
}
