import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { endOfHold } from '../clocks/held-clocks.ts';
import { invalid, notAllowed } from '../refused.ts';

const Body = z.strictObject({
  component: z.string().min(1).max(1000),
  /** Any id of the advisory group, as it was when the clock was held. */
  advisory: z.string().min(1).max(1000),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Lets a held clock go on before its time. */
export const resumeClock = actKind<Body, z.infer<typeof Words>>({
  id: 'resume-clock',
  summary: 'Let a held clock go on',
  permission: 'findings:decide',
  body: Body,
  words: Words,
  componentsOf: (body) => [body.component],
  subjectOf: ({ component, advisory }) => `clock:${component}/${advisory}`,
  judge(desk, { body, actor, at, teams }) {
    if (!isAllowed(actor, 'findings:decide', teams)) return notAllowed('This component belongs to a team for which you may not decide.');
    const held = desk.heldClocks.get(body.component)?.some((hold) => hold.advisory === body.advisory && endOfHold(hold) > at) ?? false;
    return held ? null : invalid('This clock is not held.');
  },
  fold(desk, act) {
    const { component, advisory } = act.body as Body;
    for (const hold of desk.heldClocks.get(component) ?? []) {
      if (hold.advisory === advisory && endOfHold(hold) > act.at) hold.endedAt = act.at;
    }
  },
});
