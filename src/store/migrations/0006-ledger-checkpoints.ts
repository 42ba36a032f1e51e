import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What was signed of the ledger, and orders in which it is looked through. */
export const ledgerCheckpoints: Migration = {
  layout: 6,
  async up({ db }) {
    await sql`create table ledger_checkpoint (
      seq bigint primary key, at bigint not null, hash text not null, key_id text not null, signature text not null)`.execute(db);
    await sql`create index ledger_kind on ledger (kind, seq)`.execute(db);
    await sql`create index ledger_actor on ledger (actor, seq)`.execute(db);
    await sql`create index ledger_at on ledger (at, seq)`.execute(db);
  },
};
