import { describe, expect, it } from 'vitest';
import { testStores } from '#store/test-stores.ts';
import { sendAndKill } from './deliveries.ts';

describe.each(testStores())('a sender that is killed between sending and marking, on $name', (kind) => {
  it('loses nothing: the next one sends it again, and makes no second ticket', { timeout: 180_000 }, async () => {
    const opened = await kind.open();
    try {
      const { wrong, killed, cameAgain } = await sendAndKill(opened.location, 3);
      expect(wrong).toEqual([]);
      expect([killed, cameAgain > 0]).toEqual([3, true]);
    } finally {
      await opened.drop();
    }
  });
});
