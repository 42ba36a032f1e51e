import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { endOfHold, holdReasons } from '../clocks/held-clocks.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  component: z.string().min(1).max(1000),
  /** Any id of the advisory group. */
  advisory: z.string().min(1).max(1000),
  because: z.enum(holdReasons),
  /** ISO 8601. */
  until: z.iso.datetime(),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

// Longer than a quarter is an acceptance, which somebody else approves.
const longestMs = 92 * 86_400_000;

/** Holds the clock of a vulnerability in a component until a day. It closes nothing. */
export const pauseClock = actKind<Body, z.infer<typeof Words>>({
  id: 'pause-clock',
  summary: 'Hold the clock of a vulnerability in a component until a day',
  permission: 'findings:decide',
  body: Body,
  words: Words,
  componentsOf: (body) => [body.component],
  predicateOf: ({ component, advisory }) => ({ component, advisory }),
  subjectOf: ({ component, advisory }) => `clock:${component}/${advisory}`,
  judge(desk, { body, actor, at, extent, teams }) {
    if (extent === null || extent.findings === 0) return unknown('Nothing that you may see is open there. Check the component and the advisory.');
    if (!isAllowed(actor, 'findings:decide', teams)) return notAllowed('This component belongs to a team for which you may not decide.');
    const until = Date.parse(body.until);
    if (until <= at) return invalid('It would end before it begins.');
    if (until > at + longestMs) return invalid('A clock is held for a quarter at most. For longer, accept the risk.');
    const held = desk.heldClocks.get(body.component)?.some((hold) => hold.advisory === body.advisory && endOfHold(hold) > at) ?? false;
    return held ? invalid('This clock is held already.') : null;
  },
  fold(desk, act) {
    const { component, advisory, because, until } = act.body as Body;
    const hold = { component, advisory, because, by: act.actor, from: act.at, until: Date.parse(until), endedAt: null };
    desk.heldClocks.set(component, [...(desk.heldClocks.get(component) ?? []), hold]);
  },
});
