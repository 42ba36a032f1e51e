import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What files with licences in the trees of components say: folded, one row a component and path. */
export const licenceFiles: Migration = {
  layout: 17,
  async up({ db }) {
    await sql`create table licence_file (
      component_id bigint not null, path text not null, role text not null, package_version_id bigint,
      reading text not null, list text not null, found text not null,
      primary key (component_id, path)
    )`.execute(db);
    await sql`create index licence_file_version on licence_file (package_version_id)`.execute(db);
  },
};
