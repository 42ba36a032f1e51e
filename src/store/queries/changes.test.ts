import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { testStores, type OpenTestStore } from '../test-stores.ts';

const writers = 4;
const changesEach = 40;
const followAtMostMs = 25_000;

describe.each(testStores())('the change feed on $name', ({ open }) => {
  let opened: OpenTestStore;
  afterEach(() => opened.drop());

  it('is read on from where one is', async () => {
    opened = await open();
    const { store } = opened;
    expect(await store.lastChange()).toBe(0);
    expect(await store.changesAfter(0, 10)).toEqual([]);
    const seqs = [];
    for (const kind of ['a', 'b', 'c']) seqs.push(await store.write((tx) => tx.appendChange(kind, { kind }, 7)));
    expect((await store.changesAfter(0, 2))?.map((change) => change.kind)).toEqual(['a', 'b']);
    expect((await store.changesAfter(seqs[1] ?? 0, 2))?.map((change) => change.kind)).toEqual(['c']);
    expect(await store.lastChange()).toBe(seqs[2]);
  });

  it('sends one who is behind the trimmed part to load anew, and no other', async () => {
    opened = await open();
    const { store } = opened;
    const seqs = [];
    for (let index = 0; index < 5; index += 1) seqs.push(await store.write((tx) => tx.appendChange('x', index, 1)));
    const [, second = 0, third = 0] = seqs;
    await store.write((tx) => tx.trimChanges(2));
    expect(await store.changesAfter(second, 10)).toBeNull();
    expect((await store.changesAfter(third, 10))?.map((change) => change.body)).toEqual([3, 4]);
    await store.write((tx) => tx.trimChanges(0));
    const last = await store.lastChange();
    expect(last).toBe(seqs[4]);
    expect(await store.changesAfter(last, 10)).toEqual([]);
  });

  it('sends everybody to load anew when the store was emptied', async () => {
    opened = await open();
    const { store } = opened;
    const last = await store.write((tx) => tx.appendChange('x', null, 1));
    await store.emptyDerived();
    expect(await store.changesAfter(last, 10)).toBeNull();
    expect(await store.changesAfter(await store.lastChange(), 10)).toEqual([]);
  });

  it('a follower of four writers with random pauses misses nothing and sees each writer in order', async () => {
    opened = await open();
    const { store } = opened;
    const processes = Array.from({ length: writers }, (_, writer) => startWriter(JSON.stringify(opened.location), writer));
    const ended = processes.map((child) => once(child, 'exit'));
    const seen: { writer: number; index: number }[] = [];
    let position = 0;
    const deadline = performance.now() + followAtMostMs;
    while (seen.length < writers * changesEach && performance.now() < deadline) {
      for (const change of (await store.changesAfter(position, 7)) ?? []) {
        seen.push(change.body as { writer: number; index: number });
        position = change.seq;
      }
      await pause(3);
    }
    expect((await Promise.all(ended)).map(([code]) => Number(code))).toEqual(Array.from({ length: writers }, () => 0));
    for (let writer = 0; writer < writers; writer += 1) {
      const own = seen.filter((change) => change.writer === writer).map((change) => change.index);
      expect(own).toEqual(Array.from({ length: changesEach }, (_, index) => index));
    }
  });
});

function startWriter(location: string, writer: number): ChildProcess {
  return fork(new URL('../test-writer.ts', import.meta.url), [location, String(writer), String(changesEach)]);
}
