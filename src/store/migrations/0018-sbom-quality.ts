import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** How good each SBOM is and was, and what attestations say: both can be made again from kept bytes and readings. */
export const sbomQuality: Migration = {
  layout: 18,
  async up({ db }) {
    await sql`create table sbom_quality (
      component text not null, path text not null, valid_at bigint not null, raw text not null,
      receipt text not null, seen_at bigint not null, judge bigint not null, keys text not null, signature text not null, standing text not null, body text not null,
      primary key (component, path, valid_at, raw)
    )`.execute(db);
    await sql`create table attestation (
      raw text not null, entry bigint not null, component text not null, receipt text not null, received_at bigint not null,
      keys text not null, signature text not null, body text not null,
      primary key (raw, entry)
    )`.execute(db);
    await sql`create table attestation_subject (digest text not null, raw text not null, entry bigint not null, primary key (digest, raw, entry))`.execute(
      db,
    );
  },
};
