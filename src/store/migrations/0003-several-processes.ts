import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What several processes on one store tell each other: who works on what, when scheduled jobs are due, and which requests were answered. */
export const severalProcesses: Migration = {
  layout: 3,
  async up({ db }) {
    await sql`create table lease (name text primary key, holder text not null, token text not null, until bigint not null)`.execute(db);
    await sql`create table job_run (name text primary key, due bigint not null, ran_at bigint not null, failures bigint not null, problem text)`.execute(
      db,
    );
    await sql`create table once_key (
      key text primary key, made text not null, result text, until bigint not null, asked_at bigint not null)`.execute(db);
    await sql`create index once_key_asked on once_key (asked_at)`.execute(db);
  },
};
