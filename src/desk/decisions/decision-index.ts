import { standingOf, jumpSince, type Decision, type Decisions, type KnownNow } from './decisions.ts';
import { meets, specificity, type Judged } from './predicate.ts';

/** Decisions by the narrowest thing they name, so that a finding is compared only with those that can mean it. */
export type DecisionIndex = {
  readonly byFinding: ReadonlyMap<string, readonly Decision[]>;
  readonly byComponent: ReadonlyMap<string, readonly Decision[]>;
  readonly byAdvisory: ReadonlyMap<string, readonly Decision[]>;
  readonly byPackage: ReadonlyMap<string, readonly Decision[]>;
  readonly byTeam: ReadonlyMap<string, readonly Decision[]>;
  /** Those that name a rule only. */
  readonly wide: readonly Decision[];
};

/** Indexes what is neither withdrawn nor superseded nor refused; whether it waits or has expired is asked when it is looked at. */
export function indexDecisions({ byId }: Decisions): DecisionIndex {
  return indexOf([...byId.values()].filter((each) => each.withdrawnAt === null && each.supersededBy === null && each.approval.state !== 'refused'));
}

/** Indexes decisions by what they name, however they stand. */
export function indexOf(decisions: Iterable<Decision>): DecisionIndex {
  const [byFinding, byComponent, byAdvisory, byPackage, byTeam] = [newIndex(), newIndex(), newIndex(), newIndex(), newIndex()];
  const wide: Decision[] = [];
  for (const decision of decisions) {
    const { findings, component, advisory, package: named, team } = decision.predicate;
    // By component: a finding's id changes when its group is merged, its component's first ref never.
    if (findings !== undefined) for (const each of new Set(findings.map((key) => key.component))) add(byFinding, each, decision);
    else if (component !== undefined) add(byComponent, component, decision);
    else if (advisory !== undefined) for (const id of new Set([advisory, ...(decision.predicate.aliases ?? [])])) add(byAdvisory, id, decision);
    else if (named !== undefined) add(byPackage, named, decision);
    else if (team !== undefined) add(byTeam, team, decision);
    else wide.push(decision);
  }
  return { byFinding, byComponent, byAdvisory, byPackage, byTeam, wide };
}

/** What is decided about one finding: the decision that counts, and those that would but lose, with the reason. */
export type Applied = {
  readonly decision: Decision | null;
  readonly others: readonly {
    readonly decision: Decision;
    readonly because: 'less-specific' | 'earlier' | 'unconfirmed' | 'waiting' | 'expired' | 'kev' | 'epss' | 'moved';
  }[];
};

const nothing: Applied = { decision: null, others: [] };

/** What is decided about a finding now. `group` says what is known of its advisories; null for findings of another kind. */
export function decisionFor(
  index: DecisionIndex,
  finding: Judged,
  group: KnownNow | null,
  now: number,
  isInRange: Parameters<typeof meets>[2],
): Applied {
  const candidates = candidatesFor(index, finding);
  if (candidates.length === 0) return nothing;
  const others: Applied['others'][number][] = [];
  const holding: Decision[] = [];
  for (const decision of candidates) {
    if (!meets(finding, decision.predicate, isInRange)) continue;
    const standing = standingOf(decision, now);
    if (standing === 'waiting') others.push({ decision, because: decision.unconfirmed === true ? 'unconfirmed' : 'waiting' });
    else if (standing === 'expired') others.push({ decision, because: standing });
    else if (!isCovered(decision, finding)) others.push({ decision, because: 'moved' });
    else {
      const jump = group === null ? null : jumpSince(decision, finding.ids, group);
      if (jump === null) holding.push(decision);
      else others.push({ decision, because: jump });
    }
  }
  const [best, ...losers] = holding.sort((a, b) => specificity(b.predicate) - specificity(a.predicate) || b.seq - a.seq);
  if (best === undefined) return { decision: null, others };
  for (const decision of losers)
    others.push({ decision, because: specificity(decision.predicate) < specificity(best.predicate) ? 'less-specific' : 'earlier' });
  return { decision: best, others };
}

/** Every decision that could mean a finding. */
export function candidatesFor(index: DecisionIndex, finding: Judged): readonly Decision[] {
  const found = [...(index.byFinding.get(finding.component) ?? []), ...(index.byComponent.get(finding.component) ?? []), ...index.wide];
  for (const id of finding.ids) found.push(...(index.byAdvisory.get(id) ?? []));
  if (finding.package !== null) found.push(...(index.byPackage.get(finding.package) ?? []));
  if (finding.team !== null) found.push(...(index.byTeam.get(finding.team) ?? []));
  return found.length > 1 ? [...new Set(found)] : found;
}

/**
 * Whether a decision covers a finding that it did not reach when it was made. One without `coversFuture` reaches only the components of then; and a
 * component that moves into a team does not inherit what that team had accepted (model.md 14).
 */
export function isCovered({ coversFuture, predicate, verdict, covered }: Decision, finding: Judged): boolean {
  if (predicate.findings !== undefined) return true;
  const isInherited = predicate.team !== undefined && (verdict === 'accepted' || verdict === 'workaround');
  return (coversFuture && !isInherited) || covered.has(finding.component);
}

function newIndex(): Map<string, Decision[]> {
  return new Map();
}

function add(index: Map<string, Decision[]>, key: string, decision: Decision): void {
  const there = index.get(key);
  if (there === undefined) index.set(key, [decision]);
  else there.push(decision);
}
