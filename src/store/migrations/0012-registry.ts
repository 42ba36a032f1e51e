import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * What registries say of packages (`registry_package`, folded) and where lockfiles take packages from (`package_host`, folded). `registry_look` is when each
 * package was asked about last: work, like `job_run`, that is asked for anew where it is lost.
 */
export const registry: Migration = {
  layout: 12,
  async up({ db }) {
    await sql`create table registry_package (
      ecosystem text not null, name_key text not null, name text not null, state text not null, registry text not null, record text,
      summary text not null, receipt bigint not null, valid_at bigint not null, primary key (ecosystem, name_key))`.execute(db);
    await sql`create table registry_look (
      ecosystem text not null, name_key text not null, name text not null, registry text not null, asked_at bigint not null, good_at bigint,
      etag text, last_modified text, failures bigint not null, problem text, wanted_at bigint, primary key (ecosystem, name_key))`.execute(db);
    await sql`create table package_host (
      ecosystem text not null, name_key text not null, host text not null, primary key (ecosystem, name_key, host))`.execute(db);
  },
};
