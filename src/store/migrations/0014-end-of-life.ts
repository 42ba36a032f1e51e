import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Release lines of products and when their support ends, as the feed says it: folded. */
export const endOfLife: Migration = {
  layout: 14,
  async up({ db }) {
    await sql`create table end_of_life (product text primary key, label text not null, source text not null, cycles text not null)`.execute(db);
  },
};
