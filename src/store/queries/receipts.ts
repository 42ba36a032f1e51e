import { sql, type Selectable } from 'kysely';
import { canonicalJson } from '#language/canonical-json.ts';
import type { Problem } from '#model/problem.ts';
import type { Place, TreeEntry } from '#model/receipt.ts';
import type { NewReceipt, PendingOf, ReceiptOutcome, RecordedReceipt, StoredReceipt } from '../store.ts';
import { keyText } from '../storable-text.ts';
import type { Access, Tables } from '../tables.ts';
import { hashOf, keepRaws, keepUploads, packRaw, readRaw, type PackedRaw } from './raw.ts';

type Row = Selectable<Tables['receipt']>;

/** A receipt made ready to be recorded: hashed and compressed, so that the transaction is short. */
export type PreparedReceipt = {
  readonly row: Omit<Row, 'seq'>;
  readonly raws: readonly PackedRaw[];
  readonly uploads: readonly string[];
};

/** Hashes and compresses what the receipt brings. */
export async function prepareReceipt(receipt: NewReceipt): Promise<PreparedReceipt> {
  const treeBytes = Buffer.from(canonicalJson(receipt.tree));
  const tree = hashOf(treeBytes);
  const raws = await Promise.all([...receipt.raws, { hash: tree, bytes: treeBytes }].map((raw) => packRaw(raw.hash, raw.bytes)));
  return {
    row: {
      public_id: receipt.publicId,
      source: receipt.source,
      origin: keyText(receipt.origin),
      revision: receipt.revision,
      valid_at: receipt.validAt,
      received_at: receipt.receivedAt,
      confirmed_at: receipt.receivedAt,
      outcome: receipt.outcome,
      tree,
      problems: canonicalJson(receipt.problems),
      place: receipt.place === null ? null : canonicalJson(receipt.place),
    },
    raws,
    uploads: receipt.uploads ?? [],
  };
}

/**
 * Records an observation with its bytes, or confirms the origin's last one when it equals that. From here to the commit no other process records one,
 * so that the order of their numbers is the order in which they can be seen: call it late.
 */
export async function recordReceipt(access: Access, { row, raws, uploads }: PreparedReceipt): Promise<RecordedReceipt> {
  const { db, dialect } = access;
  const before = await lastRow(access, row.origin);
  if (before === undefined || !isSameObservation(before, row)) {
    // First, since it takes longest.
    await keepRaws(access, raws, row.received_at);
    await keepUploads(access, uploads);
  }
  await dialect.lockName('receipts')?.execute(db);
  const last = await lastRow(access, row.origin);
  if (last !== undefined && isSameObservation(last, row)) {
    const confirmedAt = Math.max(last.confirmed_at, row.confirmed_at);
    await db.updateTable('receipt').set({ confirmed_at: confirmedAt }).where('seq', '=', last.seq).execute();
    return { seq: last.seq, publicId: last.public_id, isNew: false };
  }
  const { seq } = await db.insertInto('receipt').values(row).returning('seq').executeTakeFirstOrThrow();
  await db.insertInto('receipt_work').values({ seq, state: 'pending', problems: '[]', finished_at: null }).execute();
  return { seq, publicId: row.public_id, isNew: true };
}

/** Says what became of a receipt. */
export async function finishReceipt({ db }: Access, seq: number, state: 'read' | 'failed', problems: readonly Problem[], at: number): Promise<void> {
  await db
    .insertInto('receipt_work')
    .values({ seq, state, problems: canonicalJson(problems), finished_at: at })
    .onConflict((conflict) => conflict.column('seq').doUpdateSet({ state, problems: canonicalJson(problems), finished_at: at }))
    .execute();
}

/** Offers the receipts of an origin, or every receipt, for reading again. */
export async function reopenReceipts({ db }: Access, origin: string | null): Promise<void> {
  const which = origin === null ? sql`true` : sql`origin = ${keyText(origin)}`;
  await sql`insert into receipt_work (seq, state, problems, finished_at)
    select seq, 'pending', '[]', cast(null as bigint) from receipt where ${which}
    on conflict (seq) do update set state = 'pending', problems = '[]', finished_at = null`.execute(db);
}

/** The receipt, or null. */
export async function receiptBySeq({ db }: Access, seq: number): Promise<StoredReceipt | null> {
  const row = await db.selectFrom('receipt').selectAll().where('seq', '=', seq).executeTakeFirst();
  return row === undefined ? null : receiptOf(row);
}

/** The receipt with what became of it, or null. */
export async function receiptByPublicId({ db }: Access, publicId: string): Promise<ReceiptOutcome | null> {
  const row = await db
    .selectFrom('receipt')
    .leftJoin('receipt_work', 'receipt_work.seq', 'receipt.seq')
    .selectAll('receipt')
    .select(['receipt_work.state', 'receipt_work.problems as work_problems', 'receipt_work.finished_at'])
    .where('public_id', '=', publicId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    receipt: receiptOf(row),
    state: row.state ?? 'pending',
    problems: JSON.parse(row.work_problems ?? '[]') as readonly Problem[],
    finishedAt: row.finished_at,
  };
}

/** The receipts of one origin in the order in which they hold. */
export async function receiptsOf({ db }: Access, origin: string): Promise<readonly StoredReceipt[]> {
  const rows = await db.selectFrom('receipt').selectAll().where('origin', '=', keyText(origin)).orderBy('valid_at').orderBy('seq').execute();
  return rows.map(receiptOf);
}

/** The origin's latest receipt, or null. */
export async function lastReceiptOf(access: Access, origin: string): Promise<StoredReceipt | null> {
  const row = await lastRow(access, keyText(origin));
  return row === undefined ? null : receiptOf(row);
}

/** The origin's latest complete receipt before another one, or null. */
export async function completeReceiptBefore({ db }: Access, origin: string, seq: number): Promise<StoredReceipt | null> {
  const row = await db
    .selectFrom('receipt')
    .selectAll()
    .where('origin', '=', keyText(origin))
    .where('outcome', '=', 'complete')
    .where('seq', '<', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : receiptOf(row);
}

/** The latest receipt of every origin, by origin. */
export async function lastReceipts({ db }: Access): Promise<readonly StoredReceipt[]> {
  const latest = db
    .selectFrom('receipt')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .groupBy('origin');
  const rows = await db.selectFrom('receipt').selectAll().where('seq', 'in', latest).orderBy('origin').execute();
  return rows.map(receiptOf);
}

/** Least `validAt` of a receipt that showed components; null when there is none. */
export async function firstObservation({ db }: Access): Promise<number | null> {
  const { first } = await db
    .selectFrom('receipt')
    .select((eb) => eb.fn.min('valid_at').as('first'))
    .where('outcome', '!=', 'failed')
    .where('source', 'not in', ['osv', 'kev', 'epss', 'registry', 'end-of-life'])
    .executeTakeFirstOrThrow();
  return first;
}

/** Least `valid_at` of a receipt of each origin that showed something. */
export async function firstObservations({ db }: Access): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('receipt')
    .select((eb) => ['origin', eb.fn.min('valid_at').as('first')])
    .where('outcome', '!=', 'failed')
    .groupBy('origin')
    .execute();
  return new Map(rows.map((row) => [row.origin, row.first]));
}

/** Receipts that are neither read nor failed, oldest first. */
export async function pendingReceipts(access: Access, limit: number, of?: PendingOf): Promise<readonly StoredReceipt[]> {
  const pending = pendingRows(access).limit(limit);
  const rows =
    of === undefined ? pending : 'origin' in of ? pending.where('origin', '=', keyText(of.origin)) : pending.where('source', 'in', of.sources);
  return (await rows.execute()).map(receiptOf);
}

/** Origins of receipts that are neither read nor failed, the one with the oldest first. */
export async function pendingOrigins({ db }: Access, limit: number): Promise<readonly Pick<StoredReceipt, 'origin' | 'source'>[]> {
  return db
    .selectFrom('receipt_work')
    .innerJoin('receipt', 'receipt.seq', 'receipt_work.seq')
    .select(['receipt.origin', 'receipt.source'])
    .where('receipt_work.state', '=', 'pending')
    .groupBy(['receipt.origin', 'receipt.source'])
    .orderBy((eb) => eb.fn.min('receipt.seq'))
    .limit(limit)
    .execute();
}

/** Receipts that are neither read nor failed and came before another. */
export async function pendingBefore(access: Access, seq: number): Promise<readonly StoredReceipt[]> {
  return (await pendingRows(access).where('receipt_work.seq', '<', seq).execute()).map(receiptOf);
}

function pendingRows({ db }: Access) {
  return db
    .selectFrom('receipt_work')
    .innerJoin('receipt', 'receipt.seq', 'receipt_work.seq')
    .selectAll('receipt')
    .where('receipt_work.state', '=', 'pending')
    .orderBy('receipt_work.seq');
}

/** Every origin that has a receipt, sorted by code unit. */
export async function origins({ db }: Access): Promise<readonly string[]> {
  const rows = await db.selectFrom('receipt').select('origin').distinct().execute();
  return rows.map((row) => row.origin).sort();
}

/** What was looked at. */
export async function treeOf(access: Access, { treeHash }: Pick<StoredReceipt, 'treeHash'>): Promise<readonly TreeEntry[]> {
  const bytes = await readRaw(access, treeHash);
  if (bytes === null) throw new Error(`The store has lost the tree ${treeHash}: restore a backup.`);
  return JSON.parse(new TextDecoder().decode(bytes)) as readonly TreeEntry[];
}

function lastRow({ db }: Access, origin: string): Promise<Row | undefined> {
  return db.selectFrom('receipt').selectAll().where('origin', '=', origin).orderBy('seq', 'desc').limit(1).executeTakeFirst();
}

function isSameObservation(a: Row, b: Omit<Row, 'seq'>): boolean {
  return (['source', 'revision', 'outcome', 'tree', 'place', 'problems'] as const).every((column) => a[column] === b[column]);
}

function receiptOf(row: Row): StoredReceipt {
  return {
    seq: row.seq,
    publicId: row.public_id,
    source: row.source,
    origin: row.origin,
    revision: row.revision,
    validAt: row.valid_at,
    receivedAt: row.received_at,
    confirmedAt: row.confirmed_at,
    outcome: row.outcome,
    treeHash: row.tree,
    problems: JSON.parse(row.problems) as readonly Problem[],
    place: row.place === null ? null : (JSON.parse(row.place) as Place),
  };
}
