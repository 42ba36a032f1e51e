import { z } from 'zod';
import { isChoiceOf } from '#language/spdx/choices.ts';
import { parseExpression } from '#language/spdx/expression.ts';
import { expressionKey } from '#language/spdx/normal-form.ts';
import { actKind } from '../act-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { packageProblem } from '../licences/package-problem.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, unknown } from '../refused.ts';

const Body = z.strictObject({
  /** 26 characters of base32, given by who asks, so that asking twice chooses once. */
  id: GivenId,
  /** Purl without version. */
  package: z.string().min(5).max(1000),
  /** Versions meant, native or `vers:`; null means all. */
  range: z.string().min(1).max(1000).nullable().default(null),
  /** The whole SPDX expression: of a version under another one nothing is chosen. */
  licence: z.string().min(1).max(2000),
  /** What is left of it once branches of its ORs are chosen; null takes back what was chosen. */
  rely: z.string().min(1).max(2000).nullable(),
  /** Case of the council in which it is chosen. */
  case: GivenId.nullable().default(null),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });
type Kept = Body & { readonly council: string | null };

/** Chooses, as counsel, which branches of a choice between licences are complied with; verdicts, duties and notices rest on it. */
export const chooseLicence = actKind<Body, z.infer<typeof Words>>({
  id: 'choose-licence',
  summary: 'Choose with which licences of a choice versions of a package are used',
  permission: 'licences:conclude',
  body: Body,
  words: Words,
  subjectOf: (body) => `licence-choice:${body.package}`,
  judge(desk, { body, actor }) {
    if ([...desk.licenceChoices.values()].some((list) => list.some((each) => each.id === body.id))) return invalid('This was chosen already.');
    if (body.case !== null && caseFor(desk, actor, body.case)?.id !== body.case) return unknown('There is no such case.');
    const whole = parseExpression(body.licence);
    if (!whole.ok) return invalid(`The licence is no SPDX expression. ${whole.problem.message}`);
    const left = body.rely === null ? null : parseExpression(body.rely);
    if (left !== null && !left.ok) return invalid(`What is relied on is no SPDX expression. ${left.problem.message}`);
    if (left !== null && !isChoiceOf(whole.expression, left.expression))
      return invalid(`${body.rely ?? ''} is no choice that ${body.licence} leaves.`);
    return packageProblem(body.package, body.range);
  },
  kept: (desk, { body }): Kept => ({ ...body, council: body.case === null ? null : (desk.council.cases.get(body.case)?.name ?? null) }),
  fold(desk, act) {
    const { id, package: about, range, licence, rely, case: caseId, council } = act.body as Kept;
    const [whole, left] = [parseExpression(licence), rely === null ? null : parseExpression(rely)];
    if (!whole.ok || left?.ok === false) return;
    const chosen = { id, package: about, range, licence: expressionKey(whole.expression), council, by: act.actor, at: act.at, seq: act.seq };
    const choice = { ...chosen, rely: left === null ? null : expressionKey(left.expression) };
    desk.licenceChoices.set(about, [...(desk.licenceChoices.get(about) ?? []), choice]);
    const of = caseId === null ? undefined : desk.council.cases.get(caseId);
    if (of !== undefined) note(of, act);
  },
});
