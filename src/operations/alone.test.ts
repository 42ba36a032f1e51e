import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testStores } from '#store/test-stores.ts';
import { alone, onceAlone } from './alone.ts';
import { isGone, newHolder } from './holder.ts';
import { openTestOffice } from './test-office.ts';

describe.each(testStores())('working alone on $name', ({ open }) => {
  it('lets one of many at a name, and the next when it is done', async () => {
    const opened = await open();
    const office = openTestOffice(opened);
    let [now, most, done] = [0, 0, 0];
    const step = async (): Promise<void> => {
      most = Math.max(most, (now += 1));
      await pause(5);
      now -= 1;
      done += 1;
    };
    try {
      await Promise.all(Array.from({ length: 8 }, () => onceAlone(office.context, 'origin a', step)));
      expect({ most, done }).toEqual({ most: 1, done: 8 });
      const other = await alone(office.context, 'origin a', () => alone(office.context, 'origin b', () => Promise.resolve('b')));
      expect(other).toEqual({ result: { result: 'b' } });
      expect(await alone(office.context, 'origin a', () => alone(office.context, 'origin a', step))).toEqual({ result: null });
    } finally {
      office.close();
      await opened.drop();
    }
  });

  it('refuses the writes of one that was taken for dead and goes on', async () => {
    const opened = await open();
    const office = openTestOffice(opened);
    const { leases } = opened.store;
    const ranOut = { ...office.context, leaseMs: 1_000_000 };
    try {
      const stale = alone(ranOut, 'origin a', async (own) => {
        await own.store.write((tx) => tx.appendChange('first', {}, 0));
        // As if it had been stopped for longer than its lease: another takes the work over.
        expect(await leases.take('origin a', 'another process', 60_000, () => true)).not.toBeNull();
        await own.store.write((tx) => tx.appendChange('second', {}, 0));
      });
      await expect(stale).rejects.toThrow('Another process has taken over "origin a"');
      expect((await opened.store.changesAfter(0, 10))?.map((each) => each.kind)).toEqual(['first']);
      // Giving back what is another's does nothing.
      expect(await leases.held(() => false)).toEqual(new Set(['origin a']));
    } finally {
      office.close();
      await opened.drop();
    }
  });

  it('keeps a lease from being taken while its holder writes, and takes one that ran out', async () => {
    const opened = await open();
    const { store } = opened;
    try {
      const lease = await store.leases.take('feeds', 'one', 1, () => false);
      if (lease === null) throw new Error('It was free.');
      await pause(10);
      if (store.kind === 'postgres') {
        await store.write(async (tx) => {
          await tx.holdLease(lease);
          expect(await store.leases.take('feeds', 'two', 1000, () => true)).toBeNull();
        });
      }
      expect(await store.leases.take('feeds', 'two', 60_000, () => false)).not.toBeNull();
      expect(await store.leases.renew(lease, 1000)).toBe(false);
      expect(await store.leases.take('feeds', 'three', 1000, () => false)).toBeNull();
    } finally {
      await opened.drop();
    }
  });
});

describe('the name of a process', () => {
  it('tells one that ended from one that lives, and nothing of another machine', async () => {
    expect(isGone(newHolder())).toBe(false);
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)']);
    const [machine, , began] = newHolder().split(' ');
    // Of the same number but begun at another time: the one that is meant has ended.
    expect(isGone([machine, child.pid, began, 'x'].join(' '))).toBe(process.platform === 'linux');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isGone([machine, child.pid, began, 'x'].join(' '))).toBe(true);
    expect(isGone(`another-machine ${String(child.pid)} 1 x`)).toBe(false);
    expect(isGone('nonsense')).toBe(false);
  });
});
