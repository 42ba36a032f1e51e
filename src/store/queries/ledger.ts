import type { EntryHead, KeptEntry, LedgerEntry, LedgerWords } from '#model/act.ts';
import { sql, type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from 'kysely';
import type { LedgerFilter } from '../store.ts';
import type { LedgerCheckpointTable } from '../schema.ts';
import type { Access, Tables } from '../tables.ts';
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
    async (last, limit) => (await rows.where('ledger.seq', '>', last).limit(limit).execute()).map(keptEntry),
    (entry) => entry.seq,
  );
}

/** At most `limit` entries that pass a filter, newest first unless `oldestFirst`, behind the one numbered `after`. */
export async function ledgerPage(
  { db }: Access,
  filter: LedgerFilter,
  { after, limit, oldestFirst }: { readonly after: number | null; readonly limit: number; readonly oldestFirst: boolean },
): Promise<readonly KeptEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .leftJoin('ledger_words', 'ledger_words.seq', 'ledger.seq')
    .selectAll('ledger')
    .select(['ledger_words.salt', 'ledger_words.text'])
    .where('ledger.seq', 'in', (whole) =>
      // Numbers are found in an index alone; only the page's own rows are read.
      whole
        .selectFrom('ledger')
        .select('ledger.seq')
        .where((eb) => passes(eb, filter))
        .$if(after !== null, (query) => query.where('ledger.seq', oldestFirst ? '>' : '<', after ?? 0))
        .orderBy('ledger.seq', oldestFirst ? 'asc' : 'desc')
        .limit(limit),
    )
    .orderBy('ledger.seq', oldestFirst ? 'asc' : 'desc')
    .execute();
  return rows.map(keptEntry);
}

/** What entries are about, without what they say; those that exist, in order. */
export async function ledgerHeads({ db, dialect }: Access, seqs: readonly number[]): Promise<readonly EntryHead[]> {
  return db
    .selectFrom('ledger')
    .select(['seq', 'at', 'kind', 'actor', 'subject'])
    .where((eb) => dialect.isOneOf(eb.ref('seq'), seqs))
    .orderBy('seq')
    .execute();
}

/** Entries that still have words: those said by or about somebody, or of kinds said before a moment. At most `limit`, oldest first. */
export async function entriesWithWords(
  { db }: Access,
  wanted: { readonly person: string } | { readonly kind: string; readonly before: number },
  limit: number,
): Promise<readonly EntryHead[]> {
  return db
    .selectFrom('ledger')
    .select(['seq', 'at', 'kind', 'actor', 'subject'])
    .where(({ eb, or }) =>
      'person' in wanted ? or([eb('actor', '=', wanted.person), eb('subject', '=', wanted.person)]) : eb('kind', '=', wanted.kind),
    )
    .$if('before' in wanted, (query) => query.where('at', '<', 'before' in wanted ? wanted.before : 0))
    .where(({ exists, selectFrom }) => exists(selectFrom('ledger_words').select('ledger_words.seq').whereRef('ledger_words.seq', '=', 'ledger.seq')))
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** How many entries pass a filter. All of them are counted by the last one's number, since there are no gaps. */
export async function countLedger(access: Access, filter: LedgerFilter): Promise<number> {
  if (Object.values(filter).every((each) => each === undefined)) return (await ledgerHead(access))?.seq ?? 0;
  const { entries } = await access.db
    .selectFrom('ledger')
    .select((eb) => eb.fn.countAll<number>().as('entries'))
    .where((eb) => passes(eb, filter))
    .executeTakeFirstOrThrow();
  return entries;
}

function passes(eb: ExpressionBuilder<Pick<Tables, 'ledger'>, 'ledger'>, filter: LedgerFilter): ExpressionWrapper<Tables, 'ledger', SqlBool> {
  const { kind, actor, subject, from, until, holding = [], withoutKinds = [] } = filter;
  return eb.and([
    ...(kind === undefined ? [] : [eb('ledger.kind', '=', kind)]),
    ...withoutKinds.map((each) => eb('ledger.kind', '!=', each)),
    ...(actor === undefined ? [] : [eb('ledger.actor', '=', actor)]),
    ...(subject === undefined ? [] : [eb('ledger.subject', '=', subject)]),
    ...(from === undefined ? [] : [eb('ledger.at', '>=', from)]),
    ...(until === undefined ? [] : [eb('ledger.at', '<', until)]),
    ...holding.map((word) => {
      const like = `%${word.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
      return eb.or(
        (['kind', 'actor', 'subject'] as const).map((column) => sql<SqlBool>`lower(${eb.ref(`ledger.${column}`)}) like ${like} escape '\\'`),
      );
    }),
  ]);
}

/** Signed heads of the ledger, oldest first. */
export async function ledgerCheckpoints({ db }: Access): Promise<readonly LedgerCheckpointTable[]> {
  return db.selectFrom('ledger_checkpoint').selectAll().orderBy('seq').execute();
}

/** The newest signed head; null when there is none. */
export async function newestLedgerCheckpoint({ db }: Access): Promise<LedgerCheckpointTable | null> {
  return (await db.selectFrom('ledger_checkpoint').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()) ?? null;
}

/** Keeps a signed head. Throws when there is one of the same entry. */
export async function putLedgerCheckpoint({ db }: Access, row: LedgerCheckpointTable): Promise<void> {
  await db.insertInto('ledger_checkpoint').values(row).execute();
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

/** An entry as it is kept, from a row with its words. */
export function keptEntry({ salt, text, ...entry }: LedgerEntry & { readonly salt: string | null; readonly text: string | null }): KeptEntry {
  return { ...entry, words: salt === null || text === null ? null : { salt, text } };
}
