import { z } from 'zod';
import { isAllowed, type Actor } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import type { DecisionWords } from '../decisions/decisions.ts';
import type { Extent } from '../decisions/extent.ts';
import { Predicate } from '../decisions/predicate.ts';
import { Justification, Response, Verdict } from '../decisions/verdict.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  /** 26 characters of base32, given by who asks, so that asking twice decides once. */
  id: z.string().regex(/^[a-z2-7]{26}$/),
  predicate: Predicate,
  verdict: Verdict,
  coversFuture: z.boolean().default(false),
  justification: Justification.nullable().default(null),
  responses: z.array(Response).max(5).default([]),
  /** ISO 8601; required for `accepted` and `workaround`. */
  until: z.iso.datetime().nullable().default(null),
  /** Who bears an accepted risk. */
  owner: z.string().min(1).max(200).nullable().default(null),
  /** A decision of the same author or scope that this one takes the place of. */
  supersedes: z.string().nullable().default(null),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({
  reason: z.string().min(3).max(10_000),
  /** The compensating control of an accepted risk or the workaround itself. */
  control: z.string().max(10_000).nullable().default(null),
});

/** What the ledger keeps. */
type Kept = Body & { readonly extent: Extent; readonly approval: 'not-needed' | 'waiting' };

// Longer ones are forgotten, and a regulator asks for a review each year.
const longestAcceptanceMs = 366 * 86_400_000;
const needSecond: ReadonlySet<string> = new Set(['critical', 'high', 'unknown']);

/** Decides what findings are: not affected, accepted until a day, and so on. */
export const decide = actKind<Body, z.infer<typeof Words>>({
  id: 'decide',
  summary: 'Decide findings',
  permission: 'findings:decide',
  body: Body,
  words: Words,
  predicateOf: (body) => body.predicate,
  subjectOf: (body) => `decision:${body.id}`,
  isChangedSince: (desk, { actor, extent }, seen) => {
    if (extent === null) return false;
    const components = new Set(extent.components);
    for (const decision of desk.decisions.byId.values()) {
      if ((desk.versions.get(`decision:${decision.id}`) ?? 0) <= seen || decision.author === actor.id) continue;
      if (Object.keys(extent.basis).some((group) => decision.extent.basis[group] !== undefined) && !components.isDisjointFrom(decision.covered))
        return true;
    }
    return false;
  },
  judge(desk, { body, words, actor, at, extent }) {
    if (desk.decisions.byId.has(body.id)) return invalid('This decision was made already.');
    if (extent === null || extent.findings === 0)
      return unknown('Nothing that you may see meets this. Check the finding, component or advisory that it names.');
    if (!isAllowed(actor, 'findings:decide', extent.teams))
      return notAllowed('It reaches findings of teams for which you may not decide. Propose it instead, or narrow it.');
    if (reachesBeyond(body, actor))
      return notAllowed(
        'What is to come elsewhere is decided by somebody who decides for the whole office. Name your team or component, or only what is there now.',
      );
    if (body.verdict === 'not-affected' && body.justification === null) return invalid('Not affected needs a justification.');
    if (body.verdict !== 'not-affected' && body.justification !== null) return invalid('A justification goes with not affected only.');
    if (body.verdict === 'accepted' || body.verdict === 'workaround') {
      if (body.until === null) return invalid('It needs the day until which it holds.');
      if (Date.parse(body.until) <= at) return invalid('It would end before it begins.');
      if (Date.parse(body.until) > at + longestAcceptanceMs) return invalid('It holds for a year at most; decide again then.');
      if (body.verdict === 'workaround' && words.control === null) return invalid('Say what the workaround is.');
      if (body.verdict === 'accepted' && body.owner === null) return invalid('An accepted risk has somebody who bears it.');
    }
    const before = body.supersedes === null ? undefined : desk.decisions.byId.get(body.supersedes);
    if (body.supersedes !== null && (before === undefined || before.supersededBy !== null || before.withdrawnAt !== null))
      return invalid('The decision that it would take the place of does not stand.');
    if (before !== undefined && !isAllowed(actor, 'findings:decide', before.extent.teams))
      return notAllowed('You may not take the place of that decision.');
    return null;
  },
  kept: (_desk, { body, extent }) => ({ ...body, extent, approval: needsSecond(body, extent) ? 'waiting' : 'not-needed' }),
  fold(desk, act) {
    const { id, extent, approval, until, supersedes, ...rest } = act.body as Kept;
    const before = supersedes === null ? undefined : desk.decisions.byId.get(supersedes);
    // One that waits for its second person takes no place yet.
    if (before !== undefined && approval === 'not-needed') before.supersededBy = id;
    desk.decisions.byId.set(id, {
      ...rest,
      id,
      seq: act.seq,
      at: act.at,
      author: act.actor,
      until: until === null ? null : Date.parse(until),
      extent,
      covered: new Set(extent.components),
      words: act.words as DecisionWords | null,
      imported: null,
      approval: { state: approval },
      supersedes,
      supersededBy: null,
      withdrawnAt: null,
    });
  },
});

/** Accepting what may hurt is done by two. */
function needsSecond({ verdict }: Body, extent: Extent | null): boolean {
  return verdict === 'accepted' && (extent === null || extent.severities.some((each) => needSecond.has(each)));
}

/** Whether it would cover findings to come of teams for which the actor may not decide. */
function reachesBeyond({ coversFuture, predicate }: Body, actor: Actor): boolean {
  const isBounded = predicate.findings !== undefined || predicate.component !== undefined || predicate.team !== undefined;
  return coversFuture && !isBounded && actor.grants.get('findings:decide') !== 'office';
}
