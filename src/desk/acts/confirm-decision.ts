import { z } from 'zod';
import { isAllowed, type Actor } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import type { Decision } from '../decisions/decisions.ts';
import type { Extent } from '../decisions/extent.ts';
import { Justification } from '../decisions/verdict.ts';
import type { Desk } from '../desk.ts';
import { GivenId, PersonId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  decisions: z.array(GivenId).min(1).max(5000),
  /** Who bears the risks that are accepted among them. */
  owner: PersonId.nullable().default(null),
  /** For those that are not affected and came without one. */
  justification: Justification.nullable().default(null),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });
type Words = z.infer<typeof Words>;

/** What the ledger keeps: what each reached when it was confirmed, whether it waits for a second person, and whether it holds for what comes later. */
type Kept = Body & {
  readonly confirmed: readonly { readonly extent: Extent; readonly approval: 'not-needed' | 'waiting'; readonly coversFuture: boolean }[];
};

const needSecond: ReadonlySet<string> = new Set(['critical', 'high', 'unknown']);

/** Stands behind imported decisions: from then on they count as one's own, accepted risks of weight once a second person agreed. */
export const confirmDecision = actKind<Body, Words>({
  id: 'confirm-decision',
  summary: 'Stand behind imported decisions, so that they count',
  permission: 'findings:decide',
  body: Body,
  words: Words,
  predicatesOf: (body, desk) => body.decisions.flatMap((id) => desk.decisions.byId.get(id)?.predicate ?? []),
  subjectOf: (body) => (body.decisions.length === 1 ? `decision:${body.decisions[0] ?? ''}` : 'decisions'),
  judge(desk, { body, actor, at, extents = [] }) {
    if (actor.kind !== 'person' && actor.kind !== 'link') return notAllowed('Only a person confirms.');
    if (new Set(body.decisions).size !== body.decisions.length) return invalid('A decision is named twice.');
    const decisions = body.decisions.flatMap((id) => desk.decisions.byId.get(id) ?? []);
    if (decisions.length !== body.decisions.length || extents.length !== decisions.length) return unknown('One of these decisions does not exist.');
    for (const [index, decision] of decisions.entries()) {
      const teams = extents[index]?.teams ?? [];
      if (!isAllowed(actor, 'findings:decide', teams.length === 0 ? [null] : teams))
        return notAllowed('One of these reaches findings for which you may not decide, or none that you may see.');
      if (decision.unconfirmed !== true || decision.withdrawnAt !== null) return invalid('One of these does not wait to be confirmed.');
      if (decision.until !== null && decision.until <= at) return invalid('One of these has expired. Import it again.');
      if (decision.verdict === 'accepted' && body.owner === null) return invalid('An accepted risk has somebody who bears it.');
      if (decision.verdict === 'not-affected' && decision.justification === null && body.justification === null)
        return invalid('Not affected needs a justification.');
    }
    return null;
  },
  kept: (desk, { body, actor, extents = [] }) => ({
    ...body,
    confirmed: body.decisions.map((id, index) => {
      const [decision, extent] = [desk.decisions.byId.get(id), extents[index]];
      const isGrave = extent === undefined || extent.findings === 0 || extent.severities.some((each) => needSecond.has(each));
      return {
        extent,
        approval: decision?.verdict === 'accepted' && isGrave ? 'waiting' : 'not-needed',
        coversFuture: mayDecideEverywhere(actor),
      };
    }),
  }),
  fold(desk, act) {
    const { decisions, owner, justification, confirmed } = act.body as Kept;
    const reason = (act.words as Words | null)?.reason ?? null;
    for (const [index, id] of decisions.entries()) {
      const [before, now] = [desk.decisions.byId.get(id), confirmed[index]];
      if (before === undefined || now === undefined) continue;
      const { unconfirmed: _, ...decision } = before;
      const { extent, coversFuture, approval } = now;
      desk.decisions.byId.set(id, {
        ...decision,
        seq: act.seq,
        at: act.at,
        author: act.actor,
        owner: decision.verdict === 'accepted' ? owner : null,
        justification: decision.verdict === 'not-affected' ? (decision.justification ?? justification) : null,
        until: endOf(desk, decision),
        extent,
        coversFuture,
        covered: new Set(extent.components),
        words: decision.words ?? (reason === null ? null : { reason, control: null }),
        approval: { state: approval },
      });
    }
  },
});

/** What needs no end keeps only one that the file gave it. */
function endOf(desk: Desk, { id, verdict, until }: Omit<Decision, 'unconfirmed'>): number | null {
  const isBounded = verdict === 'accepted' || verdict === 'workaround';
  return isBounded || desk.imports.get(id)?.hasOwnEnd === true ? until : null;
}

/** Who decides for some teams only decides nothing for the components of others, which may come to be hit later. */
function mayDecideEverywhere(actor: Actor): boolean {
  return actor.grants.get('findings:decide') === 'office';
}
