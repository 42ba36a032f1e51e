import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import { isUnreachable } from './unreachable.ts';

const waitAtMostMs = 10_000;
const pauseMs = 2;
const pauseWithoutDatabaseMs = 200;
const runsAtMost = 5;

/**
 * Runs `change` in one transaction. While another process holds the write lock, or no database can be had, it waits up to 10 s, leaving the thread to others;
 * a change that the database gave up in favour of another is run again, unless it is not `repeatable`. One whose connection broke is not: it may be committed.
 */
export async function inTransaction<T>(db: Kysely<Tables>, change: (tx: Kysely<Tables>) => Promise<T>, repeatable = true): Promise<T> {
  const start = performance.now();
  let runs = 0;
  for (;;) {
    const before = runs;
    try {
      return await db.transaction().execute((tx) => {
        runs += 1;
        return change(tx);
      });
    } catch (error) {
      const begun = runs > before;
      const mayTryAgain = begun ? repeatable && runs < runsAtMost : performance.now() - start < waitAtMostMs;
      const isAway = !begun && isUnreachable(error);
      if (!mayTryAgain || !(isInTheWay(error) || isAway)) throw error;
      if (isAway) await pause(pauseWithoutDatabaseMs);
    }
    // Of uneven length, so that two that met once do not go on meeting.
    await pause(pauseMs * (1 + Math.random()));
  }
}

/** True for SQLite's busy lock and for PostgreSQL's serialization failure and deadlock. */
function isInTheWay(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_BUSY') || code === '40001' || code === '40P01';
}
