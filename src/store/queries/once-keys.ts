import { sql } from 'kysely';
import type { OnceKeyStore } from '../store.ts';
import type { Access } from '../tables.ts';

/**
 * Requests that must not be done twice, by the hash of their key. `write` need not wait for the disk: logs are written in order, so a claim is durable before
 * what was made under it.
 */
export function onceKeyStore(reader: Access, write: <T>(change: (access: Access) => Promise<T>) => Promise<T>): OnceKeyStore {
  const answerOf = async (key: string) => reader.db.selectFrom('once_key').select(['made', 'result']).where('key', '=', key).executeTakeFirst();
  return {
    async claim(key, made, ms) {
      return write(async ({ db, dialect }) => {
        const until = sql<number>`${dialect.now} + ${sql.lit(ms)}`;
        const now = sql<number>`${dialect.now}`;
        // A try that ended with its process is made again under the id it had.
        const row = await db
          .insertInto('once_key')
          .values({ key, made, result: null, until, asked_at: now })
          .onConflict((conflict) =>
            conflict.column('key').doUpdateSet({ until }).where('once_key.result', 'is', null).where('once_key.until', '<=', now),
          )
          .returning('made')
          .executeTakeFirst();
        return row?.made ?? null;
      });
    },
    async resultOf(key) {
      return (await answerOf(key))?.result ?? null;
    },
    async keep(key, result) {
      await write(({ db }) => db.updateTable('once_key').set({ result }).where('key', '=', key).execute());
    },
    async release(key) {
      await write(({ db }) => db.updateTable('once_key').set({ until: 0 }).where('key', '=', key).where('result', 'is', null).execute());
    },
    async sweep(olderThanMs) {
      await write(({ db, dialect }) =>
        db
          .deleteFrom('once_key')
          .where('asked_at', '<', sql<number>`${dialect.now} - ${sql.lit(olderThanMs)}`)
          .execute(),
      );
    },
  };
}
