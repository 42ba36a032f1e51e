import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { postgresDialect, sqliteDialect, type Dialect } from './dialect.ts';
import { exportPermanent } from './export-permanent.ts';
import { importPermanent } from './import-permanent.ts';
import { inTransaction } from './in-transaction.ts';
import { migrate } from './migrate.ts';
import { connectPostgres } from './postgres.ts';
import { authStore } from './queries/auth.ts';
import { emptyDerived } from './queries/empty-derived.ts';
import { internMemory, rememberCommitted } from './queries/intern-versions.ts';
import { deliveryStore } from './queries/deliveries.ts';
import { jobRunStore } from './queries/job-runs.ts';
import { leaseStore } from './queries/leases.ts';
import { keptMeta, raiseMeta, writeMeta } from './queries/meta.ts';
import { onceKeyStore } from './queries/once-keys.ts';
import { beginRaw, sweepOrphans } from './queries/raw.ts';
import { prepareReceipt, recordReceipt } from './queries/receipts.ts';
import { savedViewStore } from './queries/saved-views.ts';
import { connectSqlite, databaseFile } from './sqlite.ts';
import { overwriting, writeAnew } from './sqlite-erasing.ts';
import { storeReads, storeWrites } from './store-functions.ts';
import type { Store, WriteTx } from './store.ts';
import type { Access, Tables } from './tables.ts';

/** A data folder (SQLite) or the URL of a PostgreSQL database. */
export type StoreLocation = { readonly dataDir: string } | { readonly databaseUrl: string };

/** Opens the store and brings its tables to this program's layout. Throws when it cannot be reached or a newer program has written it. `now` gives Unix milliseconds. */
export async function openStore(location: StoreLocation, now: () => number = Date.now): Promise<Store> {
  const connections = 'dataDir' in location ? sqliteConnections(location.dataDir) : await postgresConnections(location.databaseUrl);
  try {
    await migrate({ db: connections.writer, dialect: connections.dialect });
  } catch (error) {
    await connections.close();
    throw error;
  }
  return storeOver(connections, now);
}

type Connections = {
  readonly dialect: Dialect;
  /** Its transactions may write. */
  readonly writer: Kysely<Tables>;
  /** Its transactions are in order with the others', but need not be on the disk. */
  readonly notes: Kysely<Tables>;
  /** For single reads; on SQLite a connection of its own, so that it never waits for a transaction nor sees one that is not committed. */
  readonly reader: Kysely<Tables>;
  snapshot<T>(reads: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** See `Store.erasing`. */
  erasing<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly isGone: boolean }>;
  close(): Promise<void>;
};

function sqliteConnections(dataDir: string): Connections {
  const file = databaseFile(dataDir);
  const writer = connectSqlite(file, 'writer');
  const reader = connectSqlite(file, 'reader');
  const notes = connectSqlite(file, 'notes');
  // Following takes a snapshot several times a second; opening a file each time costs more than reading it.
  const idle: Kysely<Tables>[] = [];
  return {
    dialect: sqliteDialect,
    writer,
    notes,
    reader,
    async snapshot(reads) {
      const own = idle.pop() ?? connectSqlite(file, 'snapshot');
      try {
        return await own.transaction().execute(async (db) => {
          // A deferred transaction sees the moment of its first read.
          await db.selectFrom('meta').select('key').limit(1).execute();
          return reads(db);
        });
      } finally {
        if (idle.length === 0) idle.push(own);
        else await own.destroy();
      }
    },
    async erasing(work) {
      const result = await overwriting(writer, work);
      // An idle snapshot would keep the log from being cut.
      for (const own of idle.splice(0)) await own.destroy();
      return { result, isGone: await writeAnew(writer) };
    },
    async close() {
      for (const own of idle) await own.destroy();
      await reader.destroy();
      await notes.destroy();
      await writer.destroy();
    },
  };
}

async function postgresConnections(databaseUrl: string): Promise<Connections> {
  const db = await connectPostgres(databaseUrl);
  return {
    dialect: postgresDialect,
    writer: db,
    notes: db,
    reader: db,
    snapshot: (reads) => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(reads),
    erasing: async (work) => ({ result: await work(), isGone: false }),
    close: () => db.destroy(),
  };
}

function storeOver({ dialect, writer, notes, reader, snapshot, erasing, close }: Connections, now: () => number): Store {
  const memory = internMemory();
  const writing = new AsyncLocalStorage<true>();

  function change<T>(run: (access: Access) => Promise<T>, repeatable = true): Promise<T> {
    if (writing.getStore()) throw new Error('A write inside a write would wait for itself: use the transaction that is open.');
    return writing.run(true, () => inTransaction(writer, (db) => run({ db, dialect }), repeatable));
  }

  /** Outside of what `write` guards: leases are also renewed while one is under way. */
  function note<T>(run: (access: Access) => Promise<T>): Promise<T> {
    return inTransaction(notes, async (db) => {
      await dialect.notDurable?.execute(db);
      return run({ db, dialect });
    });
  }

  async function write<T>(run: (tx: WriteTx) => Promise<T>): Promise<T> {
    const done = await change(async (access) => {
      const learnt = internMemory();
      return { result: await run(storeWrites(access, { memory, learnt, now })), learnt };
    });
    rememberCommitted(memory, done.learnt);
    return done.result;
  }

  return {
    ...storeReads({ db: reader, dialect }),
    kind: dialect.kind,
    write,
    snapshot: (reads) => snapshot((db) => reads(storeReads({ db, dialect }))),
    async recordReceipt(receipt) {
      const prepared = await prepareReceipt(receipt);
      return change((access) => recordReceipt(access, prepared));
    },
    beginRaw: () => {
      const raw = beginRaw(change, now);
      return {
        append: raw.append,
        abort: raw.abort,
        async commit() {
          const { keep, ...done } = await raw.finish();
          await change(keep);
          return done;
        },
        async record(receiptOf) {
          const { hash, keep } = await raw.finish();
          const prepared = await prepareReceipt(receiptOf(hash));
          return change(async (access) => {
            await keep(access);
            return recordReceipt(access, prepared);
          });
        },
      };
    },
    sweepOrphans: (before) => change((access) => sweepOrphans(access, before)),
    auth: authStore(reader, (run) => change(({ db }) => run(db))),
    savedViews: savedViewStore(reader, (run) => change(({ db }) => run(db))),
    leases: leaseStore({ db: reader, dialect }, note),
    jobRuns: jobRunStore({ db: reader, dialect }, note),
    onceKeys: onceKeyStore({ db: reader, dialect }, note),
    deliveries: deliveryStore({ db: reader, dialect }, change),
    async cursorKey() {
      return Buffer.from(await change((access) => keptMeta(access, 'cursor-key', randomBytes(32).toString('hex'))), 'hex');
    },
    emptyDerived: () => change((access) => emptyDerived(access, now())),
    erasing,
    moveEpoch: () => change((access) => raiseMeta(access, 'epoch')),
    noteCheckpointSent: (seq) => change((access) => writeMeta(access, 'checkpoint-sent', String(seq))),
    noteBackup: (at) => change((access) => writeMeta(access, 'backup', String(at))),
    exportPermanent: (createdAt) => exportPermanent((reads) => snapshot((db) => reads({ db, dialect })), createdAt),
    importPermanent: (archive, options = {}) => change((access) => importPermanent(access, archive, { ...options, now: now() }), false),
    close,
  };
}
