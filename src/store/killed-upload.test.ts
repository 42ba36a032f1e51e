import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { hashOf } from './queries/raw.ts';
import { testStores, type OpenTestStore } from './test-stores.ts';

describe.each(testStores())('an upload killed half-way on $name', ({ open }) => {
  let opened: OpenTestStore;
  afterEach(() => opened.drop());

  it('leaves nothing that counts as kept, and what it leaves is swept', async () => {
    opened = await open();
    const { store, location } = opened;
    const child = fork(new URL('./test-upload.ts', import.meta.url), [JSON.stringify(location)]);
    const ended = once(child, 'exit');
    for (let pieces = 0; pieces < 3; pieces += 1) await once(child, 'message');
    child.kill('SIGKILL');
    await ended;

    const sent = (pieces: number) => hashOf(Buffer.concat(Array.from({ length: pieces }, (_, index) => Buffer.alloc(1024 * 1024, index))));
    expect(await store.hasRaw([1, 2, 3, 4].map(sent))).toEqual(new Set());
    expect(await store.sweepOrphans(Date.now() + 1)).toBe(1);
    expect(await store.sweepOrphans(Date.now() + 1)).toBe(0);
  });
});
