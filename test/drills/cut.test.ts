import { expect, it } from 'vitest';
import { testStores } from '#store/test-stores.ts';
import { cutOn } from './cut.ts';

// The drill cuts at every one. Of PostgreSQL only: SQLite has no messages to cut, and what a killed process leaves there the kill drill looks at.
it('a database cut at every fourth message leaves all of an act or an upload, or nothing', { timeout: 240_000 }, async () => {
  const [, postgres] = testStores();
  const opened = await postgres.open();
  try {
    if (!('databaseUrl' in opened.location)) throw new Error('This store is no PostgreSQL.');
    const { wrong, cuts } = await cutOn(opened.location.databaseUrl, 4);
    expect(wrong).toEqual([]);
    // Fewer would mean that the cuts do not meet the transaction.
    expect(Math.min(...Object.values(cuts))).toBeGreaterThan(20);
  } finally {
    await opened.drop();
  }
});
