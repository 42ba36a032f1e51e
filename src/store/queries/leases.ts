import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Lease, LeaseStore } from '../store.ts';
import { keyText } from '../storable-text.ts';
import type { Access } from '../tables.ts';

/**
 * Who works on what. Times are the database's own, so that the clocks of the processes do not matter. `write` runs a transaction that need not be durable:
 * a lease that is lost with the machine is only taken again.
 */
export function leaseStore(reader: Access, write: <T>(change: (access: Access) => Promise<T>) => Promise<T>): LeaseStore {
  return {
    take: (name, holder, ms, isGone) => write((access) => takeLease(access, { name: keyText(name), holder, ms }, isGone)),
    async renew({ name, token }, ms) {
      const renewed = await write(({ db, dialect }) =>
        db
          .updateTable('lease')
          .set({ until: sql<number>`${dialect.now} + ${sql.lit(ms)}` })
          .where('name', '=', name)
          .where('token', '=', token)
          .returning('name')
          .execute(),
      );
      return renewed.length === 1;
    },
    async release({ name, token }) {
      await write(({ db }) => db.deleteFrom('lease').where('name', '=', name).where('token', '=', token).execute());
    },
    async held(isGone) {
      const { db, dialect } = reader;
      const rows = await db
        .selectFrom('lease')
        .select(['name', 'holder'])
        .where('until', '>', sql<number>`${dialect.now}`)
        .execute();
      return new Set(rows.filter((row) => !isGone(row.holder)).map((row) => row.name));
    },
  };
}

/** Throws when the lease is another's by now. Until the transaction ends nobody can take it. */
export async function holdLease({ db, dialect }: Access, { name, token }: Lease): Promise<void> {
  const { rows } = await sql`select 1 from lease where name = ${name} and token = ${token} ${dialect.keptUntilCommit}`.execute(db);
  if (rows.length === 0) throw new LeaseLost(name);
}

/** What a transaction ends with whose process was taken for dead: another one does the work. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`Another process has taken over "${name}", since this one did not answer for too long. Nothing is lost; it does the work anew.`);
  }
}

type Wanted = { readonly name: string; readonly holder: string; readonly ms: number };

async function takeLease({ db, dialect }: Access, { name, holder, ms }: Wanted, isGone: (holder: string) => boolean): Promise<Lease | null> {
  const token = randomBytes(16).toString('hex');
  const until = sql<number>`${dialect.now} + ${sql.lit(ms)}`;
  const { rows } = await sql<{ holder: string; is_over: boolean | number }>`
    select holder, until <= ${dialect.now} as is_over from lease where name = ${name} ${dialect.unlessLocked}`.execute(db);
  const [row] = rows;
  if (row === undefined) {
    // Not there, or its holder is writing at this moment: then there is a conflict.
    const made = await db
      .insertInto('lease')
      .values({ name, holder, token, until })
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .execute();
    return made.length === 1 ? { name, token } : null;
  }
  if (!row.is_over && !isGone(row.holder)) return null;
  await db.updateTable('lease').set({ holder, token, until }).where('name', '=', name).execute();
  return { name, token };
}
