import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { invalid, unknown } from '../refused.ts';

const version = z.string().min(1).max(200);
const Body = z.strictObject({
  incident: z.string(),
  /** Which versions are affected by what is known now; it replaces what was said before. */
  affected: z.strictObject({ introduced: version.nullable(), fixed: version.nullable(), versions: z.array(version).max(1000) }),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Says anew which versions an incident is about. Without a fixed version no upgrade ends it, whatever other advisories of its group say. */
export const correctIncident = actKind<Body, z.infer<typeof Words>>({
  id: 'correct-incident',
  summary: 'Say anew which versions an incident is about',
  permission: 'incidents:write',
  body: Body,
  words: Words,
  subjectOf: ({ incident }) => `incident:${incident}`,
  judge(desk, { body }) {
    const incident = desk.incidents.get(body.incident);
    if (incident === undefined) return unknown('There is no such incident.');
    if (incident.affected === null) return invalid('This incident is about a file by its hash: which versions bear it is what files say.');
    return incident.closed === null ? null : invalid('This incident is closed.');
  },
  fold(desk, act) {
    const { incident: id, affected } = act.body as Body;
    const incident = desk.incidents.get(id);
    if (incident?.affected === undefined || incident.affected === null) return;
    incident.affected = { package: incident.affected.package, ...affected };
    incident.changedAt = act.at;
  },
});
