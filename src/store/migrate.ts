import { sql } from 'kysely';
import { inTransaction } from './in-transaction.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { savedViews } from './migrations/0002-saved-views.ts';
import { severalProcesses } from './migrations/0003-several-processes.ts';
import { ledger } from './migrations/0004-ledger.ts';
import { peopleSignIn } from './migrations/0005-people-sign-in.ts';
import { ledgerCheckpoints } from './migrations/0006-ledger-checkpoints.ts';
import { firstKnown } from './migrations/0007-first-known.ts';
import { decisions } from './migrations/0008-decisions.ts';
import { jobProgress } from './migrations/0009-job-progress.ts';
import { rules } from './migrations/0010-rules.ts';
import { deliveries } from './migrations/0011-deliveries.ts';
import { registry } from './migrations/0012-registry.ts';
import { licences } from './migrations/0013-licences.ts';
import { endOfLife } from './migrations/0014-end-of-life.ts';
import { decisionsInTheLedger } from './migrations/0015-decisions-in-the-ledger.ts';
import { hashSearches } from './migrations/0016-hash-searches.ts';
import { licenceFiles } from './migrations/0017-licence-files.ts';
import { sbomQuality } from './migrations/0018-sbom-quality.ts';
import type { Migration } from './migrations/migration.ts';
import { readMeta, writeMeta } from './queries/meta.ts';
import type { Access } from './tables.ts';

const migrations: readonly Migration[] = [
  firstTables,
  savedViews,
  severalProcesses,
  ledger,
  peopleSignIn,
  ledgerCheckpoints,
  firstKnown,
  decisions,
  jobProgress,
  rules,
  deliveries,
  registry,
  licences,
  endOfLife,
  decisionsInTheLedger,
  hashSearches,
  licenceFiles,
  sbomQuality,
];

/** The layout this program writes. */
export const newestLayout = migrations.length;

/**
 * Brings the tables to the newest layout, in one transaction under a lock, so that of several processes one does it.
 * Throws, changing nothing, when a newer Guildhall has written this store.
 */
export async function migrate({ db, dialect }: Access): Promise<void> {
  await inTransaction(db, async (tx) => {
    const access = { db: tx, dialect };
    await dialect.withoutTimeouts?.execute(tx);
    await dialect.lockLayout?.execute(tx);
    await sql`create table if not exists meta (key text primary key, value text not null)`.execute(tx);
    const layout = Number((await readMeta(access, 'layout')) ?? 0);
    if (layout > newestLayout) {
      throw new Error(
        `The store has layout ${String(layout)}, this Guildhall knows layouts up to ${String(newestLayout)}: start the newer version, or restore a backup into an empty store.`,
      );
    }
    const missing = migrations.filter((migration) => migration.layout > layout);
    if (missing.length === 0) return;
    for (const migration of missing) await migration.up(access);
    await writeMeta(access, 'layout', String(newestLayout));
    await writeMeta(access, 'epoch', String(Number((await readMeta(access, 'epoch')) ?? 0) + 1));
  });
}
