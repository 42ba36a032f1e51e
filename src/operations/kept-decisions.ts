import { carriedOutKinds, decisionOfAct, keptDecisionOf, keyOfKept } from '#desk/keeping/kept-decisions.ts';
import { actOf } from '#desk/ledger/chain.ts';
import { endedBy, type DecisionKind, type KeptDecision } from '#model/decision.ts';
import type { StoreReads } from '#store/store.ts';

/** A decision with when this store carried it out; null while that is to be done. Holds are done by being said. */
export type KeptRow = KeptDecision & { readonly doneAt: number | null };

/** `subjects` are natural keys of any kind of thing. `standing` leaves out those that a later decision ended, and those that only end one. */
export type KeptFilter = {
  readonly ids?: readonly string[];
  readonly kinds?: readonly DecisionKind[];
  readonly subjects?: readonly string[];
  readonly standing?: boolean;
};

/** What was decided about what the office keeps, as the ledger says, oldest first. */
export async function keptDecisions(reads: StoreReads, { ids, kinds, subjects, standing = false }: KeptFilter): Promise<readonly KeptRow[]> {
  const meant = new Set(kinds ?? Object.values(decisionOfAct));
  for (const [first, end] of Object.entries(endedBy))
    if (meant.has(first as keyof typeof endedBy) || meant.has(end)) meant.add(end).add(first as keyof typeof endedBy);
  const acts = Object.entries(decisionOfAct).flatMap(([act, kind]) => (meant.has(kind) ? [act] : []));
  const holds = meant.has('hold');
  // A hold has a subject of its own.
  const about = subjects === undefined || holds ? {} : { subjects: subjects.flatMap(keysOf) };
  const all = (await reads.keptActs({ kinds: acts, ...about })).flatMap((entry): readonly KeptRow[] => {
    const decision = keptDecisionOf(actOf(entry));
    if (decision === null) return [];
    const isHold = decision.kind === 'hold' || decision.kind === 'release';
    return [{ ...decision, doneAt: isHold ? decision.at : entry.carriedOutAt }];
  });
  const byId = new Map(all.map((each) => [each.id, each]));
  const ended = new Set(all.map((each) => each.supersedes));
  return all
    .map((each) => {
      // A release is about what its hold is about.
      const hold = each.kind === 'release' ? byId.get(each.supersedes ?? '') : undefined;
      return hold === undefined ? each : { ...each, about: hold.about, subject: hold.subject };
    })
    .filter(
      (each) =>
        (ids === undefined || ids.includes(each.id)) &&
        (kinds === undefined || kinds.includes(each.kind)) &&
        (subjects === undefined || subjects.includes(each.subject)) &&
        (!standing || (each.supersedes === null && !ended.has(each.id))),
    );
}

/** Those that this store has not carried out yet, oldest first. */
export async function undoneDecisions(reads: StoreReads): Promise<readonly KeptRow[]> {
  return (await reads.keptActs({ kinds: carriedOutKinds, undone: true })).flatMap((entry) => {
    const decision = keptDecisionOf(actOf(entry));
    return decision === null ? [] : [{ ...decision, doneAt: null }];
  });
}

function keysOf(subject: string): readonly string[] {
  return (['component', 'origin', 'upload', 'raw'] as const).map((about) => keyOfKept({ about, subject }));
}
