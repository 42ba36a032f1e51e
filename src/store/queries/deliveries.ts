import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { DeliveryTable } from '../schema.ts';
import type { DeliveryStore, NewDelivery } from '../store.ts';
import type { Access } from '../tables.ts';

/** The outbox: what is to be sent, what was, and what was said on which channel. */
export function deliveryStore(reader: Access, write: <T>(change: (access: Access) => Promise<T>) => Promise<T>): DeliveryStore {
  return {
    async said(channel) {
      const rows = await reader.db.selectFrom('notice_said').select('key').where('channel', '=', channel).execute();
      return new Set(rows.map((row) => row.key));
    },
    put: (channel, { say, forget, post, now }) =>
      write(async (access) => {
        await noteSaid(access, channel, say, now);
        await access.db
          .deleteFrom('notice_said')
          .where('channel', '=', channel)
          .where((eb) => access.dialect.isOneOf(eb.ref('key'), forget))
          .execute();
        for (const each of post) await postOne(access, channel, each, now);
      }),
    take: (now, ms, limit) => write((access) => takeSome(access, now, ms, limit)),
    async sent({ id, token }, now) {
      await write(({ db }) =>
        db
          .updateTable('delivery')
          .set({ state: 'sent', sent_at: now, token: null, problem: null, until: 0 })
          .where('id', '=', id)
          .where('token', '=', token)
          .execute(),
      );
    },
    async failed({ id, token }, problem, due) {
      await write(({ db }) =>
        db
          .updateTable('delivery')
          .set({ state: due === null ? 'dead' : 'waiting', due: due ?? 0, token: null, problem, until: 0 })
          .where('id', '=', id)
          .where('token', '=', token)
          .execute(),
      );
    },
    async noteRemote(id, remote, was) {
      await write(({ db }) => {
        const update = db.updateTable('delivery').set({ remote }).where('id', '=', id);
        return (was === undefined ? update : update.where('remote', '=', was)).execute();
      });
    },
    async list(state) {
      let query = reader.db.selectFrom('delivery').selectAll();
      if (state !== null) query = query.where('state', '=', state);
      return query.orderBy('created', 'desc').orderBy('id').limit(10_000).execute();
    },
    async ofKind(channel, kind) {
      return reader.db.selectFrom('delivery').selectAll().where('channel', '=', channel).where('kind', '=', kind).execute();
    },
    async sweep(before) {
      await write(({ db }) =>
        db.deleteFrom('delivery').where('state', '=', 'sent').where('kind', '<>', 'issue').where('sent_at', '<', before).execute(),
      );
    },
  };
}

/** How many of these were given up. */
export async function countGivenUp({ db, dialect }: Access, ids: readonly string[]): Promise<number> {
  const rows = await db
    .selectFrom('delivery')
    .select('id')
    .where((eb) => dialect.isOneOf(eb.ref('id'), ids))
    .where('state', '=', 'dead')
    .execute();
  return rows.length;
}

/** Lets those that were given up be tried again. */
export async function retryDeliveries({ db, dialect }: Access, ids: readonly string[], now: number): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'waiting', tries: 0, due: now })
    .where((eb) => dialect.isOneOf(eb.ref('id'), ids))
    .where('state', '=', 'dead')
    .execute();
}

async function noteSaid({ db, dialect }: Access, channel: string, keys: readonly string[], now: number): Promise<void> {
  if (keys.length === 0) return;
  const rows = dialect.rowList(
    'wanted',
    { key: 'text' },
    [...new Set(keys)].map((key) => [key]),
  );
  // "where true" keeps SQLite from reading "on" as part of a join.
  await sql`insert into notice_said (channel, key, at) select ${channel}, wanted.key, ${sql.lit(now)} from ${rows} where true on conflict do nothing`.execute(
    db,
  );
}

/** One with the same key that says something else takes its place, and is sent anew. */
async function postOne({ db }: Access, channel: string, { id, key, recipient, kind, title, body, due }: NewDelivery, now: number): Promise<void> {
  const fresh = { state: 'waiting', title, body, tries: 0, due, until: 0, token: null, problem: null } as const;
  await db
    .insertInto('delivery')
    .values({ ...fresh, id, key, channel, recipient, kind, remote: null, created: now, sent_at: null })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(fresh).where('delivery.body', '<>', body))
    .execute();
}

async function takeSome({ db, dialect }: Access, now: number, ms: number, limit: number): Promise<readonly DeliveryTable[]> {
  const { rows } = await sql<{ id: string }>`
    select id from delivery where state = 'waiting' and due <= ${now} and until <= ${dialect.now} order by due, id limit ${sql.lit(limit)} ${dialect.unlessLocked}`.execute(
    db,
  );
  if (rows.length === 0) return [];
  return db
    .updateTable('delivery')
    .set({ token: randomBytes(16).toString('hex'), until: sql<number>`${dialect.now} + ${sql.lit(ms)}`, tries: sql<number>`tries + 1` })
    .where((eb) =>
      dialect.isOneOf(
        eb.ref('id'),
        rows.map((row) => row.id),
      ),
    )
    .returningAll()
    .execute();
}
