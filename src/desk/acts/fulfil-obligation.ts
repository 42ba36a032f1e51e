import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { packageOfPurl } from '#language/purl.ts';
import { actKind } from '../act-kind.ts';
import { ipPolicyInForce } from '../ip-policy/ip-policies.ts';
import { artifactsOf } from '../licences/artifacts.ts';
import { fulfilmentKey, obligationHash } from '../licences/fulfilments.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  /** A ref of the component that is delivered. */
  component: z.string().min(1).max(1000),
  /** Its artifact; null where it declares none. */
  artifact: z.string().min(1).max(100).nullable().default(null),
  /** Id of the duty in the IP policy in force. */
  obligation: z.string().min(1).max(100),
  /** Purls with versions for which it was fulfilled: a later version has its own duty. */
  packages: z.array(z.string().min(1).max(1000)).min(1).max(5000),
  /** False takes back what was said before. */
  fulfilled: z.boolean().default(true),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({
  /** Where it can be seen: an address, a document, a file of the release. */
  evidence: z.string().min(3).max(2000),
});
type Words = z.infer<typeof Words>;

/** What the ledger keeps: what the duty asked for when it was said. */
type Kept = Body & { readonly asked: string };

/** Says that what a licence asks for was done for what is delivered. It holds for the versions named, as long as the policy asks for the same. */
export const fulfilObligation = actKind<Body, Words>({
  id: 'fulfil-obligation',
  summary: 'Say that an obligation of what is delivered was fulfilled',
  permission: 'artifacts:write',
  body: Body,
  words: Words,
  componentsOf: (body) => [body.component],
  subjectOf: (body) => `obligations:${body.component}`,
  judge(desk, { body, actor, teams }) {
    if (!isAllowed(actor, 'artifacts:write', teams)) return notAllowed('This component belongs to a team for which you may not speak.');
    const { obligations } = ipPolicyInForce(desk.ipPolicies).policy;
    if (!obligations.some(({ id }) => id === body.obligation)) return unknown('The IP policy in force knows no such obligation.');
    const declared = artifactsOf(desk.artifacts, body.component).map(({ name }) => name);
    if (body.artifact !== null && !declared.includes(body.artifact)) return unknown('The component declares no artifact of this name.');
    const wrong = body.packages.find((purl) => packageOfPurl(purl)?.version == null);
    if (wrong !== undefined) return invalid(`${wrong} is no purl with a version. An example: pkg:npm/lodash@4.17.21`);
    return new Set(body.packages).size === body.packages.length ? null : invalid('A package version is named twice.');
  },
  kept(desk, { body }): Kept {
    const duty = ipPolicyInForce(desk.ipPolicies).policy.obligations.find(({ id }) => id === body.obligation);
    return { ...body, asked: duty === undefined ? '' : obligationHash(duty) };
  },
  fold(desk, act) {
    const { component, artifact, obligation, packages, fulfilled, asked } = act.body as Kept;
    const evidence = (act.words as Words | null)?.evidence ?? null;
    const said = { isFulfilled: fulfilled, asked, evidence, by: act.actor, at: act.at, seq: act.seq };
    for (const purl of packages) desk.fulfilments.set(fulfilmentKey({ component, artifact, obligation, purl }), said);
  },
});
