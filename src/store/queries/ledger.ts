import type { KeptEntry, LedgerEntry, LedgerWords } from '#model/act.ts';
import type { Access } from '../tables.ts';
import { pagesByKey, type Pages } from './paging.ts';

const entriesAtOnce = 5000;
const rowsPerInsert = 500;

/** The last entry's number and hash; null while there is none. */
export async function ledgerHead({ db }: Access): Promise<{ readonly seq: number; readonly hash: string } | null> {
  const row = await db.selectFrom('ledger').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row ?? null;
}

/** Entries after `seq` with their words, in order. */
export function loadLedger({ db }: Access, { after = 0, subject }: { readonly after?: number; readonly subject?: string } = {}): Pages<KeptEntry> {
  const rows = db
    .selectFrom('ledger')
    .leftJoin('ledger_words', 'ledger_words.seq', 'ledger.seq')
    .selectAll('ledger')
    .select(['ledger_words.salt', 'ledger_words.text'])
    .orderBy('ledger.seq')
    .$if(subject !== undefined, (query) => query.where('ledger.subject', '=', subject ?? ''));
  return pagesByKey(
    entriesAtOnce,
    after,
    async (last, limit) =>
      (await rows.where('ledger.seq', '>', last).limit(limit).execute()).map(({ salt, text, ...entry }) => ({
        ...entry,
        words: salt === null || text === null ? null : { salt, text },
      })),
    (entry) => entry.seq,
  );
}

/** Keeps other processes from appending until this transaction ends. */
export async function lockLedger({ db, dialect }: Access): Promise<void> {
  await dialect.lockLedger?.execute(db);
}

/** Appends entries that were chained to the head seen under the lock. Throws when another entry has one of their numbers. */
export async function appendLedger({ db }: Access, entries: readonly LedgerEntry[], words: readonly LedgerWords[]): Promise<void> {
  for (let at = 0; at < entries.length; at += rowsPerInsert)
    await db
      .insertInto('ledger')
      .values(entries.slice(at, at + rowsPerInsert))
      .execute();
  for (let at = 0; at < words.length; at += rowsPerInsert)
    await db
      .insertInto('ledger_words')
      .values(words.slice(at, at + rowsPerInsert))
      .execute();
}

/** Deletes the words of entries; the entries stay, and say by their commitment that there were some. Gives how many had any. */
export async function eraseWords({ db, dialect }: Access, seqs: readonly number[]): Promise<number> {
  const rows = await db
    .deleteFrom('ledger_words')
    .where((eb) => dialect.isOneOf(eb.ref('seq'), seqs))
    .returning('seq')
    .execute();
  return rows.length;
}
