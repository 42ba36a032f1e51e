import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({ component: z.string().min(1).max(1000), name: z.string().min(1).max(100) });
type Body = z.infer<typeof Body>;

/** Takes back that a component delivers something. */
export const withdrawArtifact = actKind<Body>({
  id: 'withdraw-artifact',
  summary: 'Take back that a component delivers something',
  permission: 'artifacts:write',
  body: Body,
  words: null,
  componentsOf: (body) => [body.component],
  subjectOf: (body) => `artifacts:${body.component}`,
  judge(desk, { body, actor, teams }) {
    if (!isAllowed(actor, 'artifacts:write', teams)) return notAllowed('This component belongs to a team for which you may not speak.');
    return desk.artifacts.get(body.component)?.has(body.name) === true ? null : unknown('The component delivers nothing of that name.');
  },
  fold(desk, act) {
    const { component, name } = act.body as Body;
    const left = new Map(desk.artifacts.get(component));
    left.delete(name);
    if (left.size === 0) desk.artifacts.delete(component);
    else desk.artifacts.set(component, left);
  },
});
