import { describe, expect, it } from 'vitest';
import { testStores } from '#store/test-stores.ts';
import { eraseOn } from './erase.ts';

describe.each(testStores())('a name that was erased on $name', (kind) => {
  it('is in no table, file, export or backup, also after a backup from before was restored; the ledger holds', { timeout: 120_000 }, async () => {
    const opened = await kind.open();
    try {
      const { wrong, placesBefore } = await eraseOn(opened.location);
      expect(wrong).toEqual([]);
      expect(placesBefore).toEqual(expect.arrayContaining(['table ledger_words', 'backup']));
    } finally {
      await opened.drop();
    }
  });
});
