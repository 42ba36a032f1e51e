import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What is on its way to people and other systems, and which notices were said on which channel. */
export const deliveries: Migration = {
  layout: 11,
  async up({ db }) {
    await sql`create table delivery (
      id text primary key, key text not null unique, channel text not null, recipient text not null, kind text not null, title text not null,
      body text not null, state text not null, tries bigint not null, due bigint not null, until bigint not null, token text, problem text,
      remote text, created bigint not null, sent_at bigint)`.execute(db);
    await sql`create index delivery_due on delivery (state, due)`.execute(db);
    await sql`create index delivery_created on delivery (created, id)`.execute(db);
    await sql`create table notice_said (channel text not null, key text not null, at bigint not null, primary key (channel, key))`.execute(db);
  },
};
