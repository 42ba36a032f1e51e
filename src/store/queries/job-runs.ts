import { sql } from 'kysely';
import type { JobRunStore } from '../store.ts';
import type { Access } from '../tables.ts';

/** When scheduled jobs are due, in the database's own time. */
export function jobRunStore(reader: Access, write: <T>(change: (access: Access) => Promise<T>) => Promise<T>): JobRunStore {
  return {
    async due(names) {
      const { db, dialect } = reader;
      const waiting = await db
        .selectFrom('job_run')
        .select('name')
        .where((eb) => dialect.isOneOf(eb.ref('name'), names))
        .where('due', '>', sql<number>`${dialect.now}`)
        .execute();
      const notYet = new Set(waiting.map((row) => row.name));
      return names.filter((name) => !notYet.has(name));
    },
    async note(name, { startedAgoMs, nextMs, problem }) {
      await write(async ({ db, dialect }) => {
        const ranAt = sql<number>`${dialect.now} - ${sql.lit(Math.round(startedAgoMs))}`;
        const due = sql<number>`${dialect.now} + ${sql.lit(Math.round(nextMs))}`;
        const failures = problem === null ? sql<number>`0` : sql<number>`job_run.failures + 1`;
        await db
          .insertInto('job_run')
          .values({ name, due, ran_at: ranAt, failures: problem === null ? 0 : 1, problem })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ due, ran_at: ranAt, failures, problem }))
          .execute();
      });
    },
    async all() {
      return reader.db.selectFrom('job_run').selectAll().orderBy('name').execute();
    },
    async notLater(names, ms) {
      await write(({ db, dialect }) => {
        const at = sql<number>`${dialect.now} + ${sql.lit(Math.round(ms))}`;
        return db
          .updateTable('job_run')
          .set({ due: at })
          .where((eb) => dialect.isOneOf(eb.ref('name'), names))
          .where('due', '>', at)
          .execute();
      });
    },
    async tellProgress(name, body) {
      await write(({ db }) =>
        db
          .insertInto('job_progress')
          .values({ name, body })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ body }))
          .execute(),
      );
    },
    async progress() {
      return new Map((await reader.db.selectFrom('job_progress').selectAll().execute()).map(({ name, body }) => [name, body]));
    },
    async forget(known) {
      const rows = await reader.db.selectFrom('job_run').select('name').execute();
      const gone = rows.map((row) => row.name).filter((name) => !known.includes(name));
      if (gone.length === 0) return;
      await write(({ db, dialect }) =>
        db
          .deleteFrom('job_run')
          .where((eb) => dialect.isOneOf(eb.ref('name'), gone))
          .execute(),
      );
    },
  };
}
