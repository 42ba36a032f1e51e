import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  incident: z.string(),
  /** First ref. */
  component: z.string().min(1).max(1000),
  says: z.enum(['acknowledged', 'in-work', 'not-affected']),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ note: z.string().max(10_000).default('') });

/** Answers an incident for a component. */
export const answerIncident = actKind<Body, z.infer<typeof Words>>({
  id: 'answer-incident',
  summary: 'Answer an incident for a component',
  permission: 'findings:propose',
  body: Body,
  words: Words,
  componentsOf: ({ component }) => [component],
  subjectOf: ({ incident, component }) => `incident:${incident}/${component}`,
  judge(desk, { body, actor, teams }) {
    const incident = desk.incidents.get(body.incident);
    if (incident === undefined) return unknown('There is no such incident.');
    if (!isAllowed(actor, 'findings:propose', teams)) return notAllowed('This component belongs to a team for which you may not speak.');
    return incident.closed === null ? null : invalid('This incident is closed.');
  },
  fold(desk, act) {
    const { incident, component, says } = act.body as Body;
    desk.incidents.get(incident)?.answers.set(component, { says, by: act.actor, at: act.at });
  },
});
