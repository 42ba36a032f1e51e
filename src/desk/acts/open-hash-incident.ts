import { z } from 'zod';
import { artifactHashText, readArtifactHash } from '#language/artifact-hash.ts';
import { actKind } from '../act-kind.ts';
import { ownRecordId, type Incident } from '../incidents/incidents.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject({
  id: GivenId,
  /** SHA-1, SHA-256 or SHA-512 of the artifact, in hex or base64 or as a lockfile's integrity; the ledger keeps `sha256:` and hex. */
  hashes: z.array(z.string().min(20).max(200)).min(1).max(20),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  aliases: z
    .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{2,199}$/))
    .max(20)
    .default([]),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ title: z.string().min(3).max(300), details: z.string().max(20_000).default('') });

/** Opens an incident about a file of which only the hash is known: what is in use is searched for it, and what is found becomes an advisory of our own. */
export const openHashIncident = actKind<Body, z.infer<typeof Words>>({
  id: 'open-hash-incident',
  summary: 'Search what is in use for a file by its hash, and ask every owner where it is found',
  permission: 'incidents:write',
  body: Body,
  words: Words,
  subjectOf: ({ id }) => `incident:${id}`,
  judge(desk, { body }) {
    if (desk.incidents.has(body.id)) return invalid('This incident was opened already.');
    const odd = body.hashes.find((each) => readArtifactHash(each) === null);
    return odd === undefined
      ? null
      : invalid('One of these is no SHA-1, SHA-256 or SHA-512 in hex or base64. An example: sha512- and 88 letters, as a lockfile has it.');
  },
  kept: (_desk, { body }) => ({ ...body, hashes: [...new Set(body.hashes.flatMap(written))] }),
  fold(desk, act) {
    const { id, hashes, severity, aliases } = act.body as Body;
    desk.incidents.set(id, {
      id,
      record: ownRecordId(id, act.at),
      openedAt: act.at,
      by: act.actor,
      affected: null,
      hashes,
      found: [],
      severity,
      words: act.words as Incident['words'],
      aliases,
      answers: new Map(),
      changedAt: act.at,
      closed: null,
    });
  },
});

function written(text: string): readonly string[] {
  const read = readArtifactHash(text);
  return read === null ? [] : [artifactHashText(read)];
}
