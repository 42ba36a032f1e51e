import type { Kysely } from 'kysely';
import type { AuthStore } from '../store.ts';
import type { Tables } from '../tables.ts';

/** Sessions, login links and API tokens; `write` runs one statement in a transaction. */
export function authStore(reader: Kysely<Tables>, write: <T>(change: (db: Kysely<Tables>) => Promise<T>) => Promise<T>): AuthStore {
  return {
    async putLoginLink(link) {
      await write((db) => db.insertInto('login_link').values(link).execute());
    },
    async useLoginLink(tokenHash, now) {
      const used = await write((db) =>
        db
          .updateTable('login_link')
          .set({ used_at: now })
          .where('token_hash', '=', tokenHash)
          .where('used_at', 'is', null)
          .where('expires', '>', now)
          .returning('token_hash')
          .execute(),
      );
      return used.length === 1;
    },
    async putSession(session) {
      await write((db) => db.insertInto('session').values(session).execute());
    },
    async sessionOf(idHash, now) {
      const row = await reader.selectFrom('session').selectAll().where('id_hash', '=', idHash).where('expires', '>', now).executeTakeFirst();
      return row ?? null;
    },
    async deleteSession(idHash) {
      await write((db) => db.deleteFrom('session').where('id_hash', '=', idHash).execute());
    },
    async putApiToken(token) {
      await write((db) =>
        db
          .insertInto('api_token')
          .values(token)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },
    async apiTokenOf(tokenHash, now) {
      const row = await reader
        .selectFrom('api_token')
        .selectAll()
        .where('hash', '=', tokenHash)
        .where('revoked', 'is', null)
        .where((eb) => eb.or([eb('expires', 'is', null), eb('expires', '>', now)]))
        .executeTakeFirst();
      return row ?? null;
    },
    async apiTokens() {
      return reader.selectFrom('api_token').selectAll().orderBy('created').orderBy('hash').execute();
    },
    async revokeApiToken(tokenHash, now) {
      const revoked = await write((db) =>
        db.updateTable('api_token').set({ revoked: now }).where('hash', '=', tokenHash).where('revoked', 'is', null).returning('hash').execute(),
      );
      return revoked.length === 1;
    },
    async deleteExpired(now) {
      await write(async (db) => {
        await db.deleteFrom('session').where('expires', '<=', now).execute();
        await db.deleteFrom('login_link').where('expires', '<=', now).execute();
      });
    },
  };
}
