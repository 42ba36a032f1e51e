import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { invalid, unknown } from '../refused.ts';

const Body = z.strictObject({
  incident: z.string(),
  /** The id that somebody else has given it since. */
  alias: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{2,199}$/),
});
type Body = z.infer<typeof Body>;

/** Says which published advisory an incident is: from then on the two are one group, with all decisions made about either. */
export const nameIncident = actKind<Body>({
  id: 'name-incident',
  summary: 'Say which published advisory an incident is',
  permission: 'incidents:write',
  body: Body,
  words: null,
  subjectOf: ({ incident }) => `incident:${incident}`,
  judge(desk, { body }) {
    const incident = desk.incidents.get(body.incident);
    if (incident === undefined) return unknown('There is no such incident.');
    return incident.aliases.includes(body.alias) ? invalid('It bears this id already.') : null;
  },
  fold(desk, act) {
    const { incident: id, alias } = act.body as Body;
    const incident = desk.incidents.get(id);
    if (incident === undefined) return;
    incident.aliases = [...incident.aliases, alias];
    incident.changedAt = act.at;
  },
});
