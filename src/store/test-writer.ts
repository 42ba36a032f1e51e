// One of several processes that append changes at the same time; started by the test of the change feed.
import { setTimeout as pause } from 'node:timers/promises';
import { openStore, type StoreLocation } from './open-store.ts';

const [location = '', writer = '', count = ''] = process.argv.slice(2);
const longestPauseMs = 10;

const store = await openStore(JSON.parse(location) as StoreLocation);
for (let index = 0; index < Number(count); index += 1) {
  await store.write(async (tx) => {
    await tx.internVersions([{ ecosystem: 'npm', nameKey: `of-${writer}`, name: `of-${writer}`, version: String(index), range: '' }]);
    await pause(Math.random() * longestPauseMs);
    await tx.appendChange('test', { writer: Number(writer), index }, index);
    // Commits then come in another order than the numbers were given, unless the feed is locked.
    await pause(Math.random() * longestPauseMs);
  });
}
await store.close();
