import { archiveOf, type Frame } from './archive.ts';
import type { PermanentRecord } from './permanent-records.ts';
import { readMeta } from './queries/meta.ts';
import { ledgerCheckpoints, loadLedger } from './queries/ledger.ts';
import { loadRuleEpisodes } from './queries/rule-episodes.ts';
import { pagesByKey } from './queries/paging.ts';
import type { Access } from './tables.ts';

const rowsAtOnce = 1000;
const chunksAtOnce = 8;

/** The permanent data as it is at one moment, as an archive. Not in it: sessions, login links, uploads without a receipt, everything folded. */
export async function* exportPermanent(
  snapshot: <T>(reads: (access: Access) => Promise<T>) => Promise<T>,
  createdAt: number,
): AsyncGenerator<Uint8Array> {
  yield* archiveOf((send) =>
    snapshot(async (access) => {
      await access.dialect.withoutTimeouts?.execute(access.db);
      const epoch = Number((await readMeta(access, 'epoch')) ?? 0);
      await send({ createdAt, epoch }, permanentFrames(access));
    }),
  );
}

async function* permanentFrames(access: Access): AsyncGenerator<Frame> {
  yield* rawFrames(access);
  for await (const record of receiptRecords(access)) yield { kind: 'J', value: record };
  for await (const record of readingRecords(access)) yield { kind: 'J', value: record };
  for (const row of await access.db.selectFrom('api_token').selectAll().orderBy('hash').execute()) {
    yield { kind: 'J', value: { table: 'api_token', row } satisfies PermanentRecord };
  }
  for (const row of await access.db.selectFrom('credential').selectAll().orderBy('person').execute()) {
    yield { kind: 'J', value: { table: 'credential', row } satisfies PermanentRecord };
  }
  for (const row of await access.db.selectFrom('token_secret').selectAll().orderBy('hash').execute()) {
    yield { kind: 'J', value: { table: 'token_secret', row } satisfies PermanentRecord };
  }
  for (const row of await access.db.selectFrom('saved_view').selectAll().orderBy('id').execute()) {
    yield { kind: 'J', value: { table: 'saved_view', row } satisfies PermanentRecord };
  }
  for await (const page of loadRuleEpisodes(access))
    for (const row of page) yield { kind: 'J', value: { table: 'rule_episode', row } satisfies PermanentRecord };
  for await (const record of ledgerRecords(access)) yield { kind: 'J', value: record };
  for (const row of await ledgerCheckpoints(access)) yield { kind: 'J', value: { table: 'ledger_checkpoint', row } satisfies PermanentRecord };
  for (const row of await access.db.selectFrom('raw_access').selectAll().orderBy('at').orderBy('receipt').execute()) {
    yield { kind: 'J', value: { table: 'raw_access', row } satisfies PermanentRecord };
  }
}

async function* rawFrames({ db }: Access): AsyncGenerator<Frame> {
  const rows = db.selectFrom('raw').select(['hash', 'bytes', 'chunks', 'kept_at']).where('staged', '=', 0).orderBy('hash');
  const pages = pagesByKey(
    rowsAtOnce,
    '',
    (after, limit) => rows.where('hash', '>', after).limit(limit).execute(),
    (row) => row.hash,
  );
  for await (const page of pages) {
    for (const row of page) {
      yield { kind: 'J', value: { table: 'raw', row } };
      const chunks = db.selectFrom('raw_chunk').select('data').where('hash', '=', row.hash).orderBy('part');
      for (let part = 0; part < row.chunks; part += chunksAtOnce) {
        const next = await chunks.where('part', '>=', part).limit(chunksAtOnce).execute();
        for (const { data } of next) yield { kind: 'B', bytes: data };
      }
    }
  }
}

async function* receiptRecords({ db }: Access): AsyncGenerator<PermanentRecord> {
  const rows = db.selectFrom('receipt').selectAll().orderBy('seq');
  const pages = pagesByKey(
    rowsAtOnce,
    0,
    (after, limit) => rows.where('seq', '>', after).limit(limit).execute(),
    (row) => row.seq,
  );
  for await (const page of pages) {
    // The number stays: it is this store's own, and the order says the same.
    for (const { seq: _own, ...row } of page) yield { table: 'receipt', row };
  }
}

async function* ledgerRecords(access: Access): AsyncGenerator<PermanentRecord> {
  for await (const page of loadLedger(access)) {
    for (const { words, ...row } of page) {
      yield { table: 'ledger', row };
      if (words !== null) yield { table: 'ledger_words', row: { seq: row.seq, ...words } };
    }
  }
}

async function* readingRecords({ db }: Access): AsyncGenerator<PermanentRecord> {
  const rows = db.selectFrom('reading').selectAll().orderBy('key');
  const pages = pagesByKey(
    rowsAtOnce,
    '',
    (after, limit) => rows.where('key', '>', after).limit(limit).execute(),
    (row) => row.key,
  );
  for await (const page of pages) for (const row of page) yield { table: 'reading', row };
}
