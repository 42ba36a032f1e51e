import { sql } from 'kysely';
import { moveDecisions, type EarlierDecision } from '../move-decisions.ts';
import type { Migration } from './migration.ts';

/** What people decided about what is kept becomes acts of the ledger; which of them this store has carried out stays beside it. */
export const decisionsInTheLedger: Migration = {
  layout: 15,
  async up(access) {
    const { db } = access;
    await sql`create table carried_out (seq bigint primary key, at bigint not null)`.execute(db);
    const { rows } = await sql<EarlierDecision>`select * from decision`.execute(db);
    for (const { seq, row } of await moveDecisions(access, rows, Date.now()))
      if (row.done_at !== null) await sql`insert into carried_out (seq, at) values (${seq}, ${row.done_at})`.execute(db);
    await sql`drop table decision`.execute(db);
  },
};
