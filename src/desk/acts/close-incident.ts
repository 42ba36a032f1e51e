import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { invalid, unknown } from '../refused.ts';

const Body = z.strictObject({ incident: z.string(), as: z.enum(['over', 'false-alarm']) });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ lessons: z.string().min(3).max(20_000) });

/** Closes an incident. A false alarm takes its advisory back; findings of what is over stay until inventories say otherwise. */
export const closeIncident = actKind<Body, z.infer<typeof Words>>({
  id: 'close-incident',
  summary: 'Close an incident',
  permission: 'incidents:write',
  body: Body,
  words: Words,
  subjectOf: ({ incident }) => `incident:${incident}`,
  judge(desk, { body }) {
    const incident = desk.incidents.get(body.incident);
    if (incident === undefined) return unknown('There is no such incident.');
    return incident.closed === null ? null : invalid('This incident is closed already.');
  },
  fold(desk, act) {
    const { incident: id, as } = act.body as Body;
    const incident = desk.incidents.get(id);
    if (incident === undefined) return;
    incident.closed = { at: act.at, by: act.actor, as };
    if (as === 'false-alarm') incident.changedAt = act.at;
  },
});
