import { setTimeout as pause } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

const triesAtMost = 40;
const pauseMs = 50;

/** Runs work while the connection overwrites what it deletes with zeros (https://www.sqlite.org/pragma.html#pragma_secure_delete). */
export async function overwriting<T>(writer: Kysely<Tables>, work: () => Promise<T>): Promise<T> {
  await sql`pragma secure_delete = on`.execute(writer);
  try {
    return await work();
  } finally {
    await sql`pragma secure_delete = off`.execute(writer);
  }
}

/**
 * Writes the file anew from what it holds, so that nothing deleted earlier is left in free pages, and empties the log. False when another process was
 * reading or writing all the while.
 */
export async function writeAnew(writer: Kysely<Tables>): Promise<boolean> {
  return (await untilFree(async () => (await sql`vacuum`.execute(writer), true))) && (await untilFree(() => cutLog(writer)));
}

async function cutLog(writer: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(writer);
  return rows[0]?.busy === 0;
}

async function untilFree(step: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    try {
      if (await step()) return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))) throw error;
    }
    await pause(pauseMs);
  }
  return false;
}
