import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** The tables of the first release. Large columns stand last in a row, so that the others are read without them. */
export const firstTables: Migration = {
  layout: 1,
  async up({ db, dialect }) {
    await sql`create table raw (
      hash text primary key, bytes bigint not null, chunks bigint not null, kept_at bigint not null, staged bigint not null)`.execute(db);
    await sql`create index raw_staged on raw (kept_at) where staged = 1`.execute(db);
    await sql`create table raw_chunk (hash text not null, part bigint not null, data ${dialect.bytes} not null, primary key (hash, part))`.execute(
      db,
    );
    await sql`create table receipt (
      seq ${dialect.generatedId}, public_id text not null unique, source text not null, origin text not null, revision text,
      valid_at bigint not null, received_at bigint not null, confirmed_at bigint not null, outcome text not null, tree text not null,
      problems text not null, place text)`.execute(db);
    await sql`create index receipt_origin on receipt (origin, seq)`.execute(db);
    await sql`create table reading (
      key text primary key, format text not null, format_version bigint not null, path text not null, main text not null,
      inputs text not null, read_at bigint not null, result text not null)`.execute(db);
    await sql`create index reading_main on reading (main)`.execute(db);
    await sql`create table api_token (
      hash text primary key, name text not null, scopes text not null, created bigint not null, expires bigint, revoked bigint)`.execute(db);
    await sql`create table session (id_hash text primary key, csrf text not null, created bigint not null, expires bigint not null)`.execute(db);
    await sql`create table login_link (token_hash text primary key, expires bigint not null, used_at bigint)`.execute(db);
    await sql`create table receipt_work (seq bigint primary key, state text not null, problems text not null, finished_at bigint)`.execute(db);
    await sql`create index receipt_work_pending on receipt_work (seq) where state = 'pending'`.execute(db);

    await sql`create table package (
      id ${dialect.generatedId}, ecosystem text not null, name_key text not null, name text not null, unique (ecosystem, name_key))`.execute(db);
    await sql`create table package_version (
      id ${dialect.generatedId}, package_id bigint not null, version text not null, "range" text not null,
      unique (package_id, version, "range"))`.execute(db);
    await sql`create table component (
      id ${dialect.generatedId}, ref text not null unique, name text not null, origin text not null, dir text not null, team text, revision text,
      valid_at bigint, confirmed_at bigint, stale_since bigint, facts text not null)`.execute(db);
    await sql`create index component_origin on component (origin)`.execute(db);
    await sql`create table component_ref (ref text primary key, component_id bigint not null)`.execute(db);
    await sql`create index component_ref_component on component_ref (component_id)`.execute(db);
    await sql`create table evidence (
      id ${dialect.generatedId}, component_id bigint not null, kind text not null, path text not null, format text, receipt bigint not null,
      valid_at bigint not null, seen_at bigint not null, ended bigint not null, stale_since bigint, fold_key text not null, problems text not null,
      open ${dialect.bytes} not null, closed ${dialect.bytes} not null, edges ${dialect.bytes} not null,
      unique (component_id, kind, path))`.execute(db);
    await sql`create table advisory (
      id ${dialect.generatedId}, record text not null unique, raw text not null, published text, modified text not null, withdrawn text,
      group_key text not null, known_at bigint not null, body text not null)`.execute(db);
    await sql`create index advisory_group on advisory (group_key)`.execute(db);
    await sql`create table advisory_package (
      ecosystem text not null, name_key text not null, advisory_id bigint not null, primary key (ecosystem, name_key, advisory_id))`.execute(db);
    await sql`create table advisory_name (name text not null, advisory_id bigint not null, primary key (name, advisory_id))`.execute(db);
    await sql`create table advisory_match (
      package_version_id bigint not null, advisory_id bigint not null, kind text not null, "by" text not null, "range" text not null, fixed_in text,
      known_from bigint not null, known_until bigint, ended_by text, primary key (package_version_id, advisory_id, known_from))`.execute(db);
    await sql`create index advisory_match_advisory on advisory_match (advisory_id)`.execute(db);
    await sql`create table finding_pack (component_id bigint primary key, open ${dialect.bytes} not null, closed ${dialect.bytes} not null)`.execute(
      db,
    );
    await sql`create table enrichment (
      cve text primary key, kev_added text, epss double precision, epss_percentile double precision, epss_date text)`.execute(db);
    await sql`create table source (
      origin text primary key, source text not null, last_attempt bigint not null, last_success bigint, outcome text not null, items bigint not null,
      problems text not null, cursor text not null)`.execute(db);
    await sql`create table change (seq ${dialect.generatedId}, at bigint not null, kind text not null, body text not null)`.execute(db);
    if (dialect.kind === 'postgres') await keepPackedAsIs();

    /** They are compressed already; PostgreSQL's own attempt only costs time. */
    async function keepPackedAsIs(): Promise<void> {
      await sql`alter table raw_chunk alter column data set storage external`.execute(db);
      await sql`alter table evidence alter column open set storage external, alter column closed set storage external, alter column edges set storage external`.execute(
        db,
      );
      await sql`alter table finding_pack alter column open set storage external, alter column closed set storage external`.execute(db);
    }
  },
};
