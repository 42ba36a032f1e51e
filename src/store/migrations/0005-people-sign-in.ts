import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** How people sign in: what proves it is them, and whose a session, link or token is. Who they are and what they may do stands in the ledger. */
export const peopleSignIn: Migration = {
  layout: 5,
  async up({ db }) {
    await sql`alter table session add column person text`.execute(db);
    await sql`alter table session add column how text not null default 'link'`.execute(db);
    await sql`create index session_person on session (person)`.execute(db);
    await sql`alter table login_link add column person text`.execute(db);
    await sql`create table credential (
      person text primary key, salt text not null, hash text not null, cost bigint not null, changed bigint not null,
      failures bigint not null, locked_until bigint not null)`.execute(db);
    await sql`create table token_secret (hash text primary key, token text not null unique, used_at bigint)`.execute(db);
    await sql`create table signed_in (person text primary key, at bigint not null, how text not null)`.execute(db);
    await sql`create table oidc_flow (
      state_hash text primary key, browser_hash text not null, verifier text not null, nonce text not null, "to" text not null, expires bigint not null)`.execute(
      db,
    );
  },
};
