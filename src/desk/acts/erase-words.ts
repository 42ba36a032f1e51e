import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { bases, holdOn } from '../keeping/keeping.ts';
import { retentionOf, yearsAfter } from '../keeping/retention.ts';
import { PersonId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  /** Numbers of the entries whose words go. */
  entries: z.array(z.number().int().positive()).min(1).max(20_000),
  /** Whose words they are, where they are somebody's. */
  person: PersonId.nullable().default(null),
  /** `request` of the person, `retention` that is over, `order` of a court or authority, `secret` that should not have been written. */
  basis: z.enum(bases),
  /** Number of the request, order or rule: letters, digits and `. _ / -` only, so that no name stands there for good. */
  reference: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/)
    .nullable()
    .default(null),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Erases names and free text of acts; the acts stay, and so does the chain. */
export const eraseWords = actKind<Body, z.infer<typeof Words>>({
  id: 'erase-words',
  summary: 'Erase names and free text of acts, which stay without them',
  permission: 'erasures:write',
  body: Body,
  words: Words,
  entriesOf: (body) => body.entries,
  subjectOf: (body) => body.person ?? 'ledger',
  judge(desk, { body, actor, at, entries }) {
    if (!isAllowed(actor, 'erasures:write')) return notAllowed('You may not erase.');
    if (new Set(body.entries).size !== entries.length) return unknown('One of these entries does not exist.');
    if (body.basis !== 'retention' && body.reference === null)
      return invalid('Name the request or order by its number, or the incident of the secret.');
    for (const entry of entries) {
      const hold = holdOn(desk.keeping, desk.people, entry);
      if (hold !== null) return invalid(`Entry ${String(entry.seq)} is under the legal hold ${hold.reference} on ${hold.on}.`);
      const { atLeast } = retentionOf(entry.kind);
      const isBound = body.basis === 'request' || body.basis === 'retention';
      if (isBound && at < yearsAfter(entry.at, atLeast))
        return invalid(
          `Entry ${String(entry.seq)} (${entry.kind}) must be kept for ${String(atLeast)} years. Leave it out, or erase it on an order.`,
        );
    }
    return null;
  },
  fold(desk, act) {
    const { entries, basis, reference } = act.body as Body;
    for (const each of entries)
      if (!desk.keeping.erasures.has(each)) desk.keeping.erasures.set(each, { seq: act.seq, at: act.at, by: act.actor, basis, reference });
  },
});
