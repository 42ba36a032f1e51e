import { z } from 'zod';
import { isSameHand } from '#model/actor.ts';
import { quoted } from '#model/problem.ts';
import { parseExpression } from '#language/spdx/expression.ts';
import { expressionKey } from '#language/spdx/normal-form.ts';
import { actKind } from '../act-kind.ts';
import type { Desk } from '../desk.ts';
import { ipPolicyInForce } from '../ip-policy/ip-policies.ts';
import { approvalState, defaultApprovalDays, type ImportedApproval } from '../licences/approvals.ts';
import { grantException } from '../licences/exceptions.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  approvals: z.array(GivenId).min(1).max(5000),
  /** When they end; null: as the file says, else after the days that the policy says. */
  until: z.iso.datetime().nullable().default(null),
  /** Which SPDX expression is meant by the name that the file gives the licence. */
  licence: z.string().min(1).max(1000).nullable().default(null),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({
  reason: z.string().min(3).max(10_000),
  /** Under which conditions, where the file does not say. */
  conditions: z.string().min(3).max(10_000).nullable().default(null),
});
type Words = z.infer<typeof Words>;

/** What the ledger keeps: until when each holds, ISO 8601, and the licence in normal form. */
type Kept = Body & { readonly confirmed: readonly { readonly until: string; readonly licence: string | null }[] };

// As long as an exception of counsel.
const longestMs = 2 * 366 * 86_400_000;

/** Stands, as counsel, behind what was approved elsewhere: an approval becomes an exception from the IP policy that ends, a concluded licence counsel's conclusion. */
export const confirmApproval = actKind<Body, Words>({
  id: 'confirm-approval',
  summary: 'Stand behind imported approvals, so that verdicts count them until a day',
  permission: 'licences:conclude',
  body: Body,
  words: Words,
  seenOf: ({ approvals }, desk) => approvals.flatMap((id) => desk.approvals.get(id)?.predicate.component ?? []),
  subjectOf: ({ approvals }) => (approvals.length === 1 ? `approval:${approvals[0] ?? ''}` : 'approvals'),
  judge(desk, { body, words, actor, at }) {
    if (actor.kind !== 'person' && actor.kind !== 'link') return notAllowed('Only a person confirms.');
    if (new Set(body.approvals).size !== body.approvals.length) return invalid('An approval is named twice.');
    if (body.until !== null && Date.parse(body.until) <= at) return invalid('It would end before it begins.');
    if (body.until !== null && Date.parse(body.until) > at + longestMs) return invalid('It holds for two years at most; confirm it again then.');
    if (body.licence !== null && licenceOf(body.licence) === null) return invalid(`${quoted(body.licence)} is no SPDX expression.`);
    const meant = new Set<string>();
    for (const id of body.approvals) {
      const approval = desk.approvals.get(id);
      if (approval === undefined) return unknown('One of these does not exist.');
      if (isSameHand(actor, approval.importedBy)) return notAllowed('Who took it over does not confirm it: somebody else of counsel does.');
      const state = approvalState(approval, desk, at);
      if (state === 'expired') return invalid('One of these has expired. Import it again.');
      if (state !== 'unconfirmed') return invalid('One of these does not wait to be confirmed.');
      if (approval.says === 'denied') return invalid('What was denied elsewhere permits nothing. Reject it, or change the IP policy.');
      if (approval.says === 'conditions' && approval.words?.conditions == null && words.conditions === null)
        return invalid('Say under which conditions.');
      if (approval.licence !== null && licenceOf(approval.licence) === null) meant.add(approval.licence);
    }
    const [name] = meant;
    if (name !== undefined && body.licence === null) return invalid(`${quoted(name)} is no SPDX expression: say which licence is meant.`);
    return meant.size > 1 ? invalid('These name different licences that are no SPDX expressions: confirm those of one name at a time.') : null;
  },
  kept: (desk, { body, at }) => ({
    ...body,
    confirmed: body.approvals.map((id) => {
      const approval = desk.approvals.get(id);
      return { until: new Date(endOf(desk, approval, body, at)).toISOString(), licence: meantLicence(approval, body) };
    }),
  }),
  fold(desk, act) {
    const { approvals, confirmed } = act.body as Kept;
    for (const [index, id] of approvals.entries()) {
      const [approval, now] = [desk.approvals.get(id), confirmed[index]];
      if (approval === undefined || now === undefined) continue;
      const { licence } = now;
      const until = Date.parse(now.until);
      desk.approvals.set(id, { ...approval, answer: { kind: 'confirmed', by: act.actor, at: act.at, until, licence } });
      const made = { id, by: act.actor, at: act.at, until, seq: act.seq };
      const { package: about, range } = approval.predicate;
      if (approval.says !== 'concluded') {
        const verdict = approval.says === 'conditions' ? 'conditions' : 'allowed';
        grantException(desk, { ...made, predicate: { ...approval.predicate, licence: licence ?? undefined }, verdict, council: null });
      } else if (about !== undefined && licence !== null) {
        desk.conclusions.set(about, [...(desk.conclusions.get(about) ?? []), { ...made, package: about, range: range ?? null, licence }]);
      }
    }
  },
});

/** The end that who confirms gives, else the file's own, else the policy's: never none, and never later than two years from now. */
function endOf(desk: Desk, approval: ImportedApproval | undefined, { until }: Body, at: number): number {
  const days = ipPolicyInForce(desk.ipPolicies).policy.approvalDays ?? defaultApprovalDays;
  const wanted = until === null ? (approval?.ownEnd ?? at + days * 86_400_000) : Date.parse(until);
  return Math.min(wanted, at + longestMs);
}

function meantLicence(approval: ImportedApproval | undefined, { licence }: Body): string | null {
  const written = approval?.licence ?? null;
  return written === null ? null : (licenceOf(written) ?? (licence === null ? null : licenceOf(licence)));
}

/** In normal form; null for what is no expression. */
function licenceOf(text: string): string | null {
  const read = parseExpression(text);
  return read.ok ? expressionKey(read.expression) : null;
}
