import type { Kysely } from 'kysely';
import type { AuthStore } from '../store.ts';
import type { Tables } from '../tables.ts';

/** Sessions, login links, passwords and API tokens; `write` runs one statement in a transaction. */
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
          .returning('person')
          .execute(),
      );
      return used[0] ?? null;
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
    async deleteSessionsOf(person, but) {
      await write((db) =>
        db
          .deleteFrom('session')
          .where('person', '=', person)
          .where('id_hash', '<>', but ?? '')
          .execute(),
      );
    },
    async putApiToken(token) {
      await write((db) =>
        db
          .insertInto('api_token')
          .values(token)
          .onConflict((conflict) => conflict.column('hash').doUpdateSet({ scopes: token.scopes }))
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
    async putTokenSecret(secret) {
      await write((db) => db.insertInto('token_secret').values(secret).execute());
    },
    async tokenOfSecret(hash) {
      const row = await reader.selectFrom('token_secret').select('token').where('hash', '=', hash).executeTakeFirst();
      return row?.token ?? null;
    },
    async noteTokenUse(hash, at) {
      await write((db) => db.updateTable('token_secret').set({ used_at: at }).where('hash', '=', hash).execute());
    },
    async tokenSecrets() {
      return reader.selectFrom('token_secret').selectAll().orderBy('token').execute();
    },
    async credentialOf(person) {
      const row = await reader.selectFrom('credential').selectAll().where('person', '=', person).executeTakeFirst();
      return row ?? null;
    },
    async putCredential(credential) {
      const { person: _key, ...rest } = credential;
      await write((db) =>
        db
          .insertInto('credential')
          .values(credential)
          .onConflict((conflict) => conflict.column('person').doUpdateSet(rest))
          .execute(),
      );
    },
    async noteWrongPassword(person, most, until) {
      await write(async (db) => {
        await db
          .updateTable('credential')
          .set((eb) => ({ failures: eb('failures', '+', 1) }))
          .where('person', '=', person)
          .execute();
        await db
          .updateTable('credential')
          .set({ failures: 0, locked_until: until })
          .where('person', '=', person)
          .where('failures', '>=', most)
          .execute();
      });
    },
    async forgetWrongPasswords(person) {
      await write((db) => db.updateTable('credential').set({ failures: 0, locked_until: 0 }).where('person', '=', person).execute());
    },
    async noteSignedIn({ person, at, how }) {
      await write((db) =>
        db
          .insertInto('signed_in')
          .values({ person, at, how })
          .onConflict((conflict) => conflict.column('person').doUpdateSet({ at, how }))
          .execute(),
      );
    },
    async signedIn() {
      return reader.selectFrom('signed_in').selectAll().orderBy('person').execute();
    },
    async putOidcFlow(flow) {
      await write((db) => db.insertInto('oidc_flow').values(flow).execute());
    },
    async takeOidcFlow(stateHash, now) {
      const taken = await write((db) => db.deleteFrom('oidc_flow').where('state_hash', '=', stateHash).returningAll().execute());
      const [flow] = taken;
      return flow === undefined || flow.expires <= now ? null : flow;
    },
    async deleteExpired(now) {
      await write(async (db) => {
        await db.deleteFrom('oidc_flow').where('expires', '<=', now).execute();
        await db.deleteFrom('session').where('expires', '<=', now).execute();
        await db.deleteFrom('login_link').where('expires', '<=', now).execute();
      });
    },
  };
}
