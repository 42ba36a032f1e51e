import { z } from 'zod';
import { parseExpression } from '#language/spdx/expression.ts';
import { expressionKey } from '#language/spdx/normal-form.ts';
import { actKind } from '../act-kind.ts';
import { packageProblem } from '../licences/package-problem.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject({
  /** 26 characters of base32, given by who asks, so that asking twice concludes once. */
  id: z.string().regex(/^[a-z2-7]{26}$/),
  /** Purl without version. */
  package: z.string().min(5).max(1000),
  /** Versions meant, native or `vers:`; null means all. */
  range: z.string().min(1).max(1000).nullable().default(null),
  /** An SPDX expression. */
  licence: z.string().min(1).max(2000),
  /** ISO 8601; null means without an end. */
  until: z.iso.datetime().nullable().default(null),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({
  reason: z.string().min(3).max(10_000),
  /** What was looked at, one line each. */
  evidence: z.array(z.string().min(1).max(1000)).max(50).default([]),
});

/** Concludes, as counsel, under which licence versions of a package are; it counts before whatever others say. */
export const concludeLicence = actKind<Body, z.infer<typeof Words>>({
  id: 'conclude-licence',
  summary: 'Conclude under which licence versions of a package are',
  permission: 'licences:conclude',
  body: Body,
  words: Words,
  subjectOf: (body) => `conclusion:${body.id}`,
  judge(desk, { body, at }) {
    if ([...desk.conclusions.values()].some((list) => list.some((each) => each.id === body.id))) return invalid('This conclusion was made already.');
    const read = parseExpression(body.licence);
    if (!read.ok) return invalid(`The licence is no SPDX expression. ${read.problem.message}`);
    if (body.until !== null && Date.parse(body.until) <= at) return invalid('It would end before it begins.');
    return packageProblem(body.package, body.range);
  },
  fold(desk, act) {
    const { id, package: about, range, licence, until } = act.body as Body;
    const read = parseExpression(licence);
    if (!read.ok) return;
    const concluded = { id, package: about, range, licence: expressionKey(read.expression), by: act.actor, at: act.at, seq: act.seq };
    const ends = until === null ? null : Date.parse(until);
    desk.conclusions.set(about, [...(desk.conclusions.get(about) ?? []), { ...concluded, until: ends }]);
  },
});
