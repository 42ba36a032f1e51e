import { z } from 'zod';
import { parseExpression } from '#language/spdx/expression.ts';
import { expressionKey } from '#language/spdx/normal-form.ts';
import { actKind } from '../act-kind.ts';
import { grantException } from '../licences/exceptions.ts';
import { packageProblem } from '../licences/package-problem.ts';
import { invalid } from '../refused.ts';

const text = z.string().min(1).max(1000);
const Body = z.strictObject({
  /** 26 characters of base32, given by who asks, so that asking twice permits once. */
  id: z.string().regex(/^[a-z2-7]{26}$/),
  /** What it is about: every part given must be met. */
  predicate: z.strictObject({
    component: text.optional(),
    artifact: text.optional(),
    team: text.optional(),
    /** Purl without version. */
    package: text.optional(),
    range: text.optional(),
    /** SPDX expression: another licence of the same package is not meant. */
    licence: text.optional(),
  }),
  verdict: z.enum(['allowed', 'conditions']),
  until: z.iso.datetime(),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000), conditions: z.string().max(10_000).nullable().default(null) });

// Longer ones are forgotten.
const longestMs = 2 * 366 * 86_400_000;

/** Permits, as counsel, uses that the IP policy would not, until a day. */
export const grantLicenceException = actKind<Body, z.infer<typeof Words>>({
  id: 'grant-licence-exception',
  summary: 'Permit a use that the IP policy would not, until a day',
  permission: 'licences:conclude',
  body: Body,
  words: Words,
  componentsOf: ({ predicate }) => (predicate.component === undefined ? [] : [predicate.component]),
  subjectOf: (body) => `licence-exception:${body.id}`,
  judge(desk, { body, words, at }) {
    const { package: about, licence, range } = body.predicate;
    if (desk.licenceExceptions.has(body.id)) return invalid('This exception was made already.');
    if (about === undefined && licence === undefined) return invalid('An exception names a package or a licence.');
    if (range !== undefined && about === undefined) return invalid('A range needs the package whose versions it means.');
    if (Date.parse(body.until) <= at) return invalid('It would end before it begins.');
    if (Date.parse(body.until) > at + longestMs) return invalid('It holds for two years at most; decide again then.');
    if (body.verdict === 'conditions' && words.conditions === null) return invalid('Say under which conditions.');
    const read = licence === undefined ? null : parseExpression(licence);
    if (read !== null && !read.ok) return invalid(`The licence is no SPDX expression. ${read.problem.message}`);
    return about === undefined ? null : packageProblem(about, range ?? null);
  },
  fold(desk, act) {
    const { id, predicate, verdict, until } = act.body as Body;
    const read = predicate.licence === undefined ? null : parseExpression(predicate.licence);
    const licence = read?.ok === true ? expressionKey(read.expression) : predicate.licence;
    grantException(desk, {
      id,
      predicate: { ...predicate, licence },
      verdict,
      until: Date.parse(until),
      by: act.actor,
      at: act.at,
      council: null,
      seq: act.seq,
    });
  },
});
