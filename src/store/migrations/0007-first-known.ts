import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** When a component was first seen: what was there then is its baseline. For components seen before, the first look at their source; `rebuild` makes it exact. */
export const firstKnown: Migration = {
  layout: 7,
  async up({ db }) {
    await sql`alter table component add column known_at bigint not null default 0`.execute(db);
    await sql`update component set known_at = coalesce(
      (select min(receipt.received_at) from receipt where receipt.origin = component.origin), 0)`.execute(db);
  },
};
