import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { deliveries, linkings } from '#model/licence.ts';
import { parseExpression } from '#language/spdx/expression.ts';
import { expressionKey } from '#language/spdx/normal-form.ts';
import { actKind } from '../act-kind.ts';
import { invalid, notAllowed } from '../refused.ts';

const Body = z.strictObject({
  /** A ref of the component that makes it. */
  component: z.string().min(1).max(1000),
  /** Its name within the component, as the team calls it. */
  name: z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'Letters, digits, dots, hyphens and underscores.'),
  deliveries: z.array(z.enum(deliveries)).min(1).max(deliveries.length),
  /** Null: not known. */
  linking: z.enum(linkings).nullable().default(null),
  modified: z.boolean().nullable().default(null),
  /** Licence under which it is given out, an SPDX expression; null for none. */
  outbound: z.string().max(1000).nullable().default(null),
});
type Body = z.infer<typeof Body>;

/** Says how something that a component makes is delivered, linked and changed. Saying it again takes the place of what was said. */
export const declareArtifact = actKind<Body>({
  id: 'declare-artifact',
  summary: 'Say how something that a component makes is delivered',
  permission: 'artifacts:write',
  body: Body,
  words: null,
  componentsOf: (body) => [body.component],
  subjectOf: (body) => `artifacts:${body.component}`,
  judge(_desk, { body, actor, teams }) {
    if (!isAllowed(actor, 'artifacts:write', teams)) return notAllowed('This component belongs to a team for which you may not speak.');
    const read = body.outbound === null ? null : parseExpression(body.outbound);
    return read === null || read.ok ? null : invalid(`The outbound licence is no SPDX expression. ${read.problem.message}`);
  },
  fold(desk, act) {
    const { component, name, deliveries: said, linking, modified, outbound } = act.body as Body;
    const read = outbound === null ? null : parseExpression(outbound);
    const licence = read?.ok === true ? expressionKey(read.expression) : null;
    const declared = { name, deliveries: [...new Set(said)], linking, modified, outbound: licence, by: act.actor, at: act.at };
    desk.artifacts.set(component, new Map(desk.artifacts.get(component)).set(name, declared));
  },
});
