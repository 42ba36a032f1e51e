import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** The lists that people have named. */
export const savedViews: Migration = {
  layout: 2,
  async up({ db }) {
    await sql`create table saved_view (
      id text primary key, name text not null, scope text not null, page text not null, search text not null, author text not null,
      created bigint not null, changed bigint not null, version bigint not null)`.execute(db);
  },
};
