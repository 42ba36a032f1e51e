import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What files say of the licences of package versions: folded, one row a package version, source and text. */
export const licences: Migration = {
  layout: 13,
  async up({ db, dialect }) {
    await sql`create table licence_text (id ${dialect.generatedId}, hash text not null unique, said text not null)`.execute(db);
    await sql`create table licence_claim (
      package_version_id bigint not null, source text not null, text_id bigint not null,
      primary key (package_version_id, source, text_id))`.execute(db);
  },
};
