import { z } from 'zod';
import { packageOfPurl } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { readRange } from '#language/in-range.ts';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { grantException, longestPassMs } from '../licences/exceptions.ts';
import { passId, passedVersion } from '../licences/passed-version.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed } from '../refused.ts';

const Body = z.strictObject({
  /** 26 characters of base32, given by who asks, so that asking twice lets pass once. */
  id: GivenId,
  component: z.string().min(1).max(1000),
  /** Purls with a version: no other version passes. */
  packages: z.array(z.string().min(1).max(1000)).min(1).max(50),
  until: z.iso.datetime(),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Lets the build of a component pass that the IP policy blocks, for two weeks at most. Counsel is told, and can take it back. */
export const passGate = actKind<Body, z.infer<typeof Words>>({
  id: 'pass-gate',
  summary: 'Let a build pass that the IP policy blocks, for two weeks at most; counsel is told',
  permission: 'gates:pass',
  body: Body,
  words: Words,
  componentsOf: ({ component }) => [component],
  subjectOf: ({ id }) => `gate-pass:${id}`,
  judge(desk, { body, actor, at, teams }) {
    if (!isAllowed(actor, 'gates:pass', teams)) return notAllowed('This component belongs to a team whose builds you may not let pass.');
    const until = Date.parse(body.until);
    if (until <= at) return invalid('It would end before it begins.');
    if (until > at + longestPassMs) return invalid('It holds for fourteen days at most. Ask the council for longer.');
    for (const purl of body.packages) {
      const problem = versionProblem(purl);
      if (problem !== null) return invalid(problem);
      if (desk.licenceExceptions.has(passId(body.id, purl))) return invalid('This was let pass already.');
    }
    return null;
  },
  fold(desk, act) {
    const { id, component, packages, until } = act.body as Body;
    for (const purl of packages) {
      const passed = passedVersion(purl);
      if (passed === null) continue;
      grantException(desk, {
        id: passId(id, purl),
        predicate: { component, ...passed },
        verdict: 'conditions',
        until: Date.parse(until),
        by: act.actor,
        at: act.at,
        council: null,
        passesGate: true,
        seq: act.seq,
      });
    }
  },
});

function versionProblem(purl: string): string | null {
  const passed = passedVersion(purl);
  if (passed === null) return `${purl} is no purl with a version of a known ecosystem. An example: pkg:npm/lodash@4.17.21`;
  const scheme = schemeOf(packageOfPurl(purl)?.ecosystem ?? '');
  return scheme !== null && readRange(scheme, passed.range).ok ? null : `${purl} has no version that this build can read.`;
}
