import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPostings } from './postings.ts';

describe('the pool of postings', () => {
  it('holds what a plain map of sets holds after any adds and removes, loaded or not', () => {
    const step = fc.record({ add: fc.boolean(), version: fc.integer({ min: 0, max: 6 }), evidence: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, loaded) => {
        const pool = createPostings();
        const model = new Map<number, Set<number>>();
        pool.reserve(7);
        if (loaded) {
          pool.fill(new Uint32Array([0, 1, 0, 1]), [
            { evidence: 20, count: 2, versions: new Uint32Array([1, 3]), flags: new Uint8Array(2), validFrom: new Uint16Array(2) },
          ]);
          model.set(1, new Set([20])).set(3, new Set([20]));
        }
        for (const { add, version, evidence } of steps) {
          const users = model.get(version) ?? new Set();
          model.set(version, users);
          if (add && !users.has(evidence)) pool.add(version, evidence, 1, 2);
          if (add) users.add(evidence);
          else {
            pool.remove(version, evidence);
            users.delete(evidence);
          }
        }
        for (let version = 0; version < 7; version += 1) {
          const from = pool.startOf(version);
          const users = [...pool.evidence().subarray(from, from + pool.lengthOf(version))].sort((a, b) => a - b);
          expect(users).toEqual([...(model.get(version) ?? [])].sort((a, b) => a - b));
        }
        expect(pool.size()).toBe([...model.values()].reduce((sum, users) => sum + users.size, 0));
      }),
    );
  });

  it('keeps every posting over growth and compaction', () => {
    const pool = createPostings();
    for (let evidence = 0; evidence < 300; evidence += 1) for (let version = 0; version < 400; version += 1) pool.add(version, evidence, 0, 0);
    for (let evidence = 0; evidence < 290; evidence += 1) for (let version = 0; version < 400; version += 1) pool.remove(version, evidence);
    for (let evidence = 300; evidence < 360; evidence += 1) for (let version = 0; version < 400; version += 1) pool.add(version, evidence, 0, 0);
    expect(pool.size()).toBe(400 * 70);
    const users = [...pool.evidence().subarray(pool.startOf(17), pool.startOf(17) + pool.lengthOf(17))].sort((a, b) => a - b);
    expect(users).toEqual([...Array(70).keys()].map((index) => index + 290));
  });

  it('is filled batch by batch with flags and days at their places, also by one evidence larger than a batch', () => {
    const versions = 70_000;
    const pool = createPostings();
    pool.reserve(versions);
    const all = new Uint32Array(versions).map((_, at) => at);
    const first = {
      evidence: 7,
      count: versions,
      versions: all,
      flags: new Uint8Array(versions).fill(255),
      validFrom: new Uint16Array(versions).fill(65_535),
    };
    const second = {
      evidence: 9,
      count: 2,
      versions: new Uint32Array([3, 69_999]),
      flags: new Uint8Array([1, 2]),
      validFrom: new Uint16Array([10, 20]),
    };
    pool.fill(
      all.map((at) => (at === 3 || at === 69_999 ? 2 : 1)),
      [first, second],
    );
    const at = (version: number) =>
      [...Array(pool.lengthOf(version)).keys()].map((place) => {
        const here = pool.startOf(version) + place;
        return [pool.evidence()[here], pool.flags()[here], pool.validFrom()[here]];
      });
    expect([at(0), at(3), at(69_999)]).toEqual([
      [[7, 255, 65_535]],
      [
        [7, 255, 65_535],
        [9, 1, 10],
      ],
      [
        [7, 255, 65_535],
        [9, 2, 20],
      ],
    ]);
  });
});
