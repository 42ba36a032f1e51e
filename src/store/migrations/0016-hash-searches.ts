import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What the search for the file of an incident found in each evidence: it can be made again. */
export const hashSearches: Migration = {
  layout: 16,
  async up({ db }) {
    await sql`create table hash_search (
      incident text not null, component text not null, kind text not null, path text not null,
      raw text not null, outcome text not null, found text not null, searched_at bigint not null,
      primary key (incident, component, kind, path)
    )`.execute(db);
  },
};
