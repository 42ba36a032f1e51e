import { framesOf, type ArchiveHeader } from './archive.ts';
import { moveDecisions, type EarlierDecision } from './move-decisions.ts';
import { PermanentRecord } from './permanent-records.ts';
import { emptyDerived } from './queries/empty-derived.ts';
import { readMeta, writeMeta } from './queries/meta.ts';
import { reopenReceipts } from './queries/receipts.ts';
import type { Access } from './tables.ts';

const chunkRowsAtOnce = 50;
const chunkBytesAtOnce = 8 * 1024 * 1024;

/** Takes an archive into the transaction and leaves every receipt to be folded again. Throws when it cannot be taken whole. */
export async function importPermanent(
  access: Access,
  archive: AsyncIterable<Uint8Array>,
  { replace = false, now }: { readonly replace?: boolean; readonly now: number },
): Promise<{ readonly records: number }> {
  await access.dialect.withoutTimeouts?.execute(access.db);
  if (replace) await emptyPermanent(access);
  else await refuseUnlessEmpty(access);
  const chunks = chunkWriter(access);
  let header: ArchiveHeader | null = null;
  let records = 0;
  const earlier: EarlierDecision[] = [];
  for await (const frame of framesOf(archive)) {
    if (frame.kind === 'header') header = frame.header;
    else if (frame.kind === 'B') await chunks.add(frame.bytes);
    else {
      const record = PermanentRecord.parse(frame.value);
      if (record.table === 'decision') earlier.push(record.row);
      else await chunks.begin(await insertRecord(access, record));
      records += 1;
    }
  }
  await chunks.finish();
  await emptyDerived(access, now);
  await reopenReceipts(access, null);
  await moveDecisions(access, earlier, now);
  // The archive may hold what was to be gone by then: all of it is carried out again.
  await access.db.deleteFrom('carried_out').execute();
  const own = Number((await readMeta(access, 'epoch')) ?? 0);
  await writeMeta(access, 'epoch', String(Math.max(own, header?.epoch ?? 0) + 1));
  return { records };
}

/** The raw item whose chunks follow, or null for other records. */
type Awaiting = { readonly hash: string; readonly chunks: number } | null;

async function insertRecord({ db }: Access, record: Exclude<PermanentRecord, { readonly table: 'decision' }>): Promise<Awaiting> {
  switch (record.table) {
    case 'raw':
      await db
        .insertInto('raw')
        .values({ ...record.row, staged: 0 })
        .execute();
      return record.row;
    case 'receipt':
      await db.insertInto('receipt').values(record.row).execute();
      return null;
    case 'reading':
      await db.insertInto('reading').values(record.row).execute();
      return null;
    case 'api_token':
      await db.insertInto('api_token').values(record.row).execute();
      return null;
    case 'credential':
      await db.insertInto('credential').values(record.row).execute();
      return null;
    case 'token_secret':
      await db.insertInto('token_secret').values(record.row).execute();
      return null;
    case 'saved_view':
      await db.insertInto('saved_view').values(record.row).execute();
      return null;
    case 'rule_episode':
      await db.insertInto('rule_episode').values(record.row).execute();
      return null;
    case 'ledger':
      await db.insertInto('ledger').values(record.row).execute();
      return null;
    case 'ledger_words':
      await db.insertInto('ledger_words').values(record.row).execute();
      return null;
    case 'ledger_checkpoint':
      await db.insertInto('ledger_checkpoint').values(record.row).execute();
      return null;
    case 'raw_access':
      await db.insertInto('raw_access').values(record.row).execute();
      return null;
    default:
      return record satisfies never;
  }
}

/** Inserts chunks in portions and sees to it that every raw item has all of its own. */
function chunkWriter({ db }: Access) {
  let waiting: { hash: string; part: number; data: Uint8Array }[] = [];
  let waitingBytes = 0;
  let item: Awaiting = null;
  let parts = 0;

  async function flush(): Promise<void> {
    if (waiting.length > 0) await db.insertInto('raw_chunk').values(waiting).execute();
    waiting = [];
    waitingBytes = 0;
  }
  function refuseIncomplete(): void {
    if (item !== null && parts !== item.chunks) throw new Error(`The archive lacks a part of ${item.hash}.`);
  }
  return {
    async begin(next: Awaiting): Promise<void> {
      refuseIncomplete();
      item = next;
      parts = 0;
      if (waiting.length >= chunkRowsAtOnce || waitingBytes >= chunkBytesAtOnce) await flush();
    },
    async add(data: Uint8Array): Promise<void> {
      if (item === null) throw new Error('The archive has bytes that belong to nothing.');
      waiting.push({ hash: item.hash, part: parts, data });
      waitingBytes += data.length;
      parts += 1;
      if (waitingBytes >= chunkBytesAtOnce) await flush();
    },
    async finish(): Promise<void> {
      refuseIncomplete();
      await flush();
    },
  };
}

const permanent = [
  'raw',
  'raw_chunk',
  'receipt',
  'reading',
  'api_token',
  'credential',
  'token_secret',
  'saved_view',
  'rule_episode',
  'ledger',
  'ledger_words',
  'ledger_checkpoint',
  'raw_access',
] as const;

async function refuseUnlessEmpty({ db }: Access): Promise<void> {
  for (const table of permanent) {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.lit(1).as('one'))
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) throw new Error('The store is not empty: restore into a new data folder or database, or say that it is to be replaced.');
  }
}

async function emptyPermanent({ db }: Access): Promise<void> {
  for (const table of [...permanent, 'session', 'login_link', 'signed_in', 'oidc_flow', 'once_key'] as const) await db.deleteFrom(table).execute();
}
