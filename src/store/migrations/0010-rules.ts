import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * What rules found and when: permanent, since a day and a policy that are over cannot be looked at again. And what a file says of where its packages come
 * from and how they are proved, which is folded.
 */
export const rules: Migration = {
  layout: 10,
  async up({ db }) {
    await sql`create table rule_episode (
      component text not null, rule text not null, ecosystem text not null, name_key text not null, subject text not null, episode bigint not null,
      opened_at bigint not null, since bigint not null, closed_at bigint, closed_because text, reason text not null, severity text not null,
      primary key (component, rule, ecosystem, name_key, subject, episode))`.execute(db);
    await sql`alter table evidence add column supply text not null default 'null'`.execute(db);
  },
};
