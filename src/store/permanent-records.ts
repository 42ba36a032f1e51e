import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';

const text = z.string();
const count = z.int().nonnegative();
const outcome = z.enum(['complete', 'partial', 'failed']);

/** One record of an archive: the row of a permanent table without the numbers of its store. The chunks of a raw item follow as frames. */
export const PermanentRecord = z.discriminatedUnion('table', [
  z.strictObject({ table: z.literal('raw'), row: z.strictObject({ hash: text, bytes: count, chunks: count, kept_at: count }) }),
  z.strictObject({
    table: z.literal('receipt'),
    row: z.strictObject({
      public_id: text,
      source: text,
      origin: text,
      revision: text.nullable(),
      valid_at: z.int(),
      received_at: z.int(),
      confirmed_at: z.int(),
      outcome,
      tree: text,
      problems: text,
      place: text.nullable(),
    }),
  }),
  z.strictObject({
    table: z.literal('reading'),
    row: z.strictObject({
      key: text,
      format: text,
      format_version: count,
      path: text,
      main: text,
      inputs: text,
      read_at: z.int(),
      result: text,
    }),
  }),
  z.strictObject({
    table: z.literal('api_token'),
    row: z.strictObject({ hash: text, name: text, scopes: text, created: z.int(), expires: z.int().nullable(), revoked: z.int().nullable() }),
  }),
  z.strictObject({
    table: z.literal('credential'),
    row: z.strictObject({ person: text, salt: text, hash: text, cost: count, changed: z.int(), failures: count, locked_until: count }),
  }),
  z.strictObject({ table: z.literal('token_secret'), row: z.strictObject({ hash: text, token: text, used_at: z.int().nullable() }) }),
  z.strictObject({
    table: z.literal('saved_view'),
    row: z.strictObject({
      id: text,
      name: text,
      scope: z.enum(['own', 'office']),
      page: text,
      search: text,
      author: text,
      created: z.int(),
      changed: z.int(),
      version: count,
    }),
  }),
  z.strictObject({
    table: z.literal('rule_episode'),
    row: z.strictObject({
      component: text,
      rule: text,
      ecosystem: text,
      name_key: text,
      subject: text,
      episode: z.int().positive(),
      opened_at: z.int(),
      since: z.int(),
      closed_at: z.int().nullable(),
      closed_because: z.enum(['fixed', 'withdrawn']).nullable(),
      reason: text,
      severity: z.enum(severityLevels),
    }),
  }),
  z.strictObject({
    table: z.literal('ledger'),
    row: z.strictObject({
      seq: z.int().positive(),
      at: z.int(),
      kind: text,
      actor: text,
      subject: text,
      body: text,
      commitment: text.nullable(),
      previous: text,
      hash: text,
    }),
  }),
  z.strictObject({ table: z.literal('ledger_words'), row: z.strictObject({ seq: z.int().positive(), salt: text, text }) }),
  z.strictObject({
    table: z.literal('ledger_checkpoint'),
    row: z.strictObject({ seq: z.int().positive(), at: z.int(), hash: text, key_id: text, signature: text }),
  }),
  z.strictObject({
    table: z.literal('raw_access'),
    row: z.strictObject({ at: z.int(), who: text, door: z.enum(['http', 'cli']), receipt: text, path: text }),
  }),
  // Of archives from before layout 15.
  z.strictObject({
    table: z.literal('decision'),
    row: z.strictObject({
      id: text,
      kind: z.enum(['retire', 'delete', 'erase', 'hold', 'return', 'readmit', 'release']),
      about: z.enum(['component', 'origin', 'upload', 'raw']),
      subject: text,
      author: text,
      authority: text,
      reason: text,
      at: z.int(),
      supersedes: text.nullable(),
      extent: text,
      done_at: z.int().nullable(),
    }),
  }),
]);
export type PermanentRecord = z.infer<typeof PermanentRecord>;
