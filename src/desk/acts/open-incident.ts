import { z } from 'zod';
import { packageOfPurl } from '#language/purl.ts';
import { actKind } from '../act-kind.ts';
import { ownRecordId, type Incident } from '../incidents/incidents.ts';
import { invalid } from '../refused.ts';

const version = z.string().min(1).max(200);
const Body = z.strictObject({
  /** 26 characters of base32, given by who asks. */
  id: z.string().regex(/^[a-z2-7]{26}$/),
  affected: z.strictObject({
    /** Purl without version. */
    package: z.string().min(1).max(1000),
    introduced: version.nullable().default(null),
    fixed: version.nullable().default(null),
    versions: z.array(version).max(1000).default([]),
  }),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  aliases: z
    .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{2,199}$/))
    .max(20)
    .default([]),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ title: z.string().min(3).max(300), details: z.string().max(20_000).default('') });

/** Opens an incident: an advisory of our own, before any other exists, and a question to every owner. */
export const openIncident = actKind<Body, z.infer<typeof Words>>({
  id: 'open-incident',
  summary: 'Publish an advisory of our own to the office and ask every owner',
  permission: 'incidents:write',
  body: Body,
  words: Words,
  subjectOf: ({ id }) => `incident:${id}`,
  judge(desk, { body }) {
    if (desk.incidents.has(body.id)) return invalid('This incident was opened already.');
    const named = packageOfPurl(body.affected.package);
    if (named === null || named.ecosystem === null) return invalid('That is no purl of an ecosystem known here. An example: pkg:npm/lodash');
    return named.version === null ? null : invalid('The purl is without version: which versions are affected stands beside it.');
  },
  fold(desk, act) {
    const { id, affected, severity, aliases } = act.body as Body;
    desk.incidents.set(id, {
      id,
      record: ownRecordId(id, act.at),
      openedAt: act.at,
      by: act.actor,
      affected,
      hashes: [],
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
