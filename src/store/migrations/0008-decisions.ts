import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What people decide about what is kept, what follows from it for components, and who was given bytes. */
export const decisions: Migration = {
  layout: 8,
  async up({ db }) {
    await sql`create table decision (
      id text primary key, kind text not null, about text not null, subject text not null, author text not null, authority text not null,
      reason text not null, at bigint not null, supersedes text unique, extent text not null, done_at bigint)`.execute(db);
    await sql`create index decision_subject on decision (subject)`.execute(db);
    await sql`create index decision_undone on decision (at) where done_at is null`.execute(db);
    await sql`create table raw_access (at bigint not null, who text not null, door text not null, receipt text not null, path text not null)`.execute(
      db,
    );
    await sql`create index raw_access_at on raw_access (at)`.execute(db);
    await sql`alter table component add column retired_at bigint`.execute(db);
    await sql`alter table component add column removed bigint not null default 0`.execute(db);
  },
};
