import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What people did, chained, and beside it the words that can be erased. */
export const ledger: Migration = {
  layout: 4,
  async up({ db }) {
    await sql`create table ledger (
      seq bigint primary key, at bigint not null, kind text not null, actor text not null, subject text not null,
      commitment text, previous text not null, hash text not null, body text not null)`.execute(db);
    await sql`create index ledger_subject on ledger (subject, seq)`.execute(db);
    await sql`create table ledger_words (seq bigint primary key, salt text not null, "text" text not null)`.execute(db);
  },
};
