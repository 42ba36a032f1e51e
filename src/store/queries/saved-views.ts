import type { Kysely } from 'kysely';
import type { SavedViewStore } from '../store.ts';
import type { Tables } from '../tables.ts';

/** Named lists; `write` runs its statements in one transaction. */
export function savedViewStore(reader: Kysely<Tables>, write: <T>(change: (db: Kysely<Tables>) => Promise<T>) => Promise<T>): SavedViewStore {
  return {
    async all() {
      return reader.selectFrom('saved_view').selectAll().orderBy('name').orderBy('id').execute();
    },
    async byId(id) {
      return (await reader.selectFrom('saved_view').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },
    async add(row, most) {
      return write(async (db) => {
        const { there } = await db
          .selectFrom('saved_view')
          .select((eb) => eb.fn.countAll<number>().as('there'))
          .executeTakeFirstOrThrow();
        if (there >= most) return false;
        await db.insertInto('saved_view').values(row).execute();
        return true;
      });
    },
    async replace({ id, version, ...row }) {
      const replaced = await write((db) =>
        db
          .updateTable('saved_view')
          .set({ ...row, version: version + 1 })
          .where('id', '=', id)
          .where('version', '=', version)
          .returning('id')
          .execute(),
      );
      return replaced.length === 1;
    },
    async delete(id, version) {
      const deleted = await write((db) => db.deleteFrom('saved_view').where('id', '=', id).where('version', '=', version).returning('id').execute());
      return deleted.length === 1;
    },
  };
}
