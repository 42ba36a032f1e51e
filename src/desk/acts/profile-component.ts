import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { contexts, exposures, tiers, type Profile } from '#model/profile.ts';
import { actKind } from '../act-kind.ts';
import { notAllowed } from '../refused.ts';

const Body = z
  .strictObject({
    /** A ref of it. */
    component: z.string().min(1).max(1000),
    tier: z.enum(tiers).optional(),
    exposure: z.enum(exposures).optional(),
    context: z.enum(contexts).optional(),
  })
  .refine(
    ({ tier, exposure, context }) => tier !== undefined || exposure !== undefined || context !== undefined,
    'Say the tier, the exposure or the context.',
  );
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Says how much the firm depends on a component, from where it can be reached and how it is used. What is left out stays as it was. */
export const profileComponent = actKind<Body, z.infer<typeof Words>>({
  id: 'profile-component',
  summary: 'Say how important and how exposed a component is',
  permission: 'components:profile',
  body: Body,
  words: Words,
  componentsOf: (body) => [body.component],
  subjectOf: (body) => `component:${body.component}`,
  judge: (_desk, { actor, teams }) =>
    isAllowed(actor, 'components:profile', teams) ? null : notAllowed('This component belongs to a team for which you may not speak.'),
  fold(desk, act) {
    const { component, tier, exposure, context } = act.body as Body;
    const before = desk.profiles.get(component) ?? {};
    const said: Partial<Profile> = {
      ...(tier === undefined ? {} : { tier }),
      ...(exposure === undefined ? {} : { exposure }),
      ...(context === undefined ? {} : { context }),
    };
    desk.profiles.set(component, { ...before, ...said, by: act.actor, at: act.at });
  },
});
