import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** How far the jobs that read sources are, or were when they ended: what every process can show of work that another one does. */
export const jobProgress: Migration = {
  layout: 9,
  async up({ db }) {
    await sql`create table job_progress (name text primary key, body text not null)`.execute(db);
  },
};
