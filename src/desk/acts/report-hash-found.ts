import { z } from 'zod';
import { packageOfPurl } from '#language/purl.ts';
import { actKind } from '../act-kind.ts';
import { isFound, type FoundArtifact } from '../incidents/incidents.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  incident: z.string(),
  /** Package versions that some file in use names with the hash; purls without version. */
  found: z
    .array(
      z.strictObject({
        hash: z.string().regex(/^(?:sha1|sha256|sha512):[0-9a-f]{40,128}$/),
        package: z.string().min(1).max(1000),
        version: z.string().min(1).max(1000),
      }),
    )
    .min(1)
    .max(1000),
});
type Body = z.infer<typeof Body>;

/** Says which package versions the file of an incident is, as files in use name it; the incident's advisory is about them from then on. */
export const reportHashFound = actKind<Body>({
  id: 'report-hash-found',
  summary: 'Say which package versions bear the hash of an incident; only the office itself does',
  permission: 'incidents:write',
  body: Body,
  words: null,
  subjectOf: ({ incident }) => `incident:${incident}`,
  judge(desk, { body, actor }) {
    if (actor.kind !== 'office') return notAllowed('The office says so itself.');
    const incident = desk.incidents.get(body.incident);
    if (incident === undefined) return unknown('There is no such incident.');
    if (body.found.some((each) => !incident.hashes.includes(each.hash))) return invalid('The incident is not about this hash.');
    if (body.found.some((each) => (packageOfPurl(each.package)?.ecosystem ?? null) === null))
      return invalid('One of these is no package of an ecosystem.');
    return body.found.every((each) => isFound(incident, each)) ? invalid('This was found before.') : null;
  },
  fold(desk, act) {
    const { incident: id, found } = act.body as Body;
    const incident = desk.incidents.get(id);
    if (incident === undefined) return;
    const added: readonly FoundArtifact[] = found.filter((each) => !isFound(incident, each));
    incident.found = [...incident.found, ...added];
    incident.changedAt = act.at;
  },
});
