import { canonicalJson } from '#language/canonical-json.ts';
import type { Change } from '../store.ts';
import type { Access } from '../tables.ts';
import { readMeta, writeMeta } from './meta.ts';

/** Appends a change; on PostgreSQL the feed is locked until the transaction ends, since numbers are given before commits. */
export async function appendChange({ db, dialect }: Access, kind: string, body: unknown, at: number): Promise<number> {
  await dialect.lockFeed?.execute(db);
  const row = await db
    .insertInto('change')
    .values({ at, kind, body: canonicalJson(body) })
    .returning('seq')
    .executeTakeFirstOrThrow();
  return row.seq;
}

/** Changes after `seq` in commit order; null when the feed no longer reaches back to it. */
export async function changesAfter(access: Access, seq: number, limit: number): Promise<readonly Change[] | null> {
  const rows = await access.db.selectFrom('change').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute();
  // Asked afterwards: what was trimmed meanwhile is then noticed.
  if (seq < (await followableFrom(access))) return null;
  return rows.map((row) => ({ seq: row.seq, at: row.at, kind: row.kind, body: JSON.parse(row.body) as unknown }));
}

/** Sequence number of the latest change; 0 when there was none. */
export async function lastChange(access: Access): Promise<number> {
  const row = await access.db
    .selectFrom('change')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirst();
  return Math.max(row?.last ?? 0, await followableFrom(access));
}

/** Keeps the latest `keep` changes. */
export async function trimChanges(access: Access, keep: number): Promise<void> {
  const cut = await access.db.selectFrom('change').select('seq').orderBy('seq', 'desc').offset(keep).limit(1).executeTakeFirst();
  if (cut === undefined) return;
  await access.db.deleteFrom('change').where('seq', '<=', cut.seq).execute();
  await writeMeta(access, 'trimmed', String(cut.seq));
}

/** Tells every follower to load anew: the feed begins with this change. */
export async function restartFeed(access: Access, kind: string, at: number): Promise<void> {
  const seq = await appendChange(access, kind, null, at);
  await access.db.deleteFrom('change').where('seq', '<', seq).execute();
  await writeMeta(access, 'trimmed', String(seq));
}

async function followableFrom(access: Access): Promise<number> {
  return Number((await readMeta(access, 'trimmed')) ?? 0);
}
