import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packClosed, unpackClosed } from './closed-segments.ts';
import { packEdges, unpackEdges } from './edges.ts';
import { packEpisodes, unpackEpisodes, unpackOpenEpisodes } from './finding-pack.ts';
import { directOf, flagsOf, mergedFlags, scopeOf } from './flags.ts';
import { countOpenIds, openCount, packOpen, unpackOpen } from './open-occurrences.ts';
import { packedReader, packedWriter } from './varint.ts';

const day = fc.integer({ min: 0, max: 60_000 });
const instant = fc.integer({ min: 0, max: 4e12 });
const id = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const flags = fc.integer({ min: 0, max: 22 });

describe('packed rows', () => {
  it('give back every varint up to the largest safe integer', () => {
    const values = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 1_700_000_000_000, Number.MAX_SAFE_INTEGER];
    const writer = packedWriter(1);
    values.forEach((value) => writer.varint(value));
    const reader = packedReader(writer.bytes());
    expect(values.map(() => reader.varint())).toEqual(values);
    expect(reader.atEnd()).toBe(true);
  });

  it('give back any inventory', () => {
    const inventory = fc.uniqueArray(fc.record({ id, flags, validFrom: day, knownFrom: instant }), { selector: (each) => each.id });
    fc.assert(
      fc.property(inventory, (rows) => {
        const sorted = [...rows].sort((a, b) => a.id - b.id);
        expect(unpackOpen(packOpen(sorted))).toEqual(sorted);
      }),
    );
  });

  it('count their ids without being unpacked, those past the end of the counts left out', () => {
    const rows = [3, 200, 20_000].map((each, at) => ({ id: each, flags: at, validFrom: 100 + at, knownFrom: 2 ** 40 + at }));
    const counts = new Uint32Array(201);
    countOpenIds(packOpen(rows), counts);
    countOpenIds(packOpen(rows.slice(1)), counts);
    expect([counts[3], counts[200], counts.reduce((sum, each) => sum + each, 0)]).toEqual([1, 2, 3]);
    expect(openCount(packOpen(rows))).toBe(3);
  });

  it('give back any history', () => {
    const segment = fc
      .record({ id, flags, validFrom: day, validDays: day, knownFrom: instant, knownMs: instant, retracted: fc.boolean() })
      .map(({ validDays, knownMs, ...rest }) => ({ ...rest, validUntil: rest.validFrom + validDays, knownUntil: rest.knownFrom + knownMs }));
    fc.assert(
      fc.property(fc.uniqueArray(segment, { selector: (each) => each.id }), (rows) => {
        expect(unpackClosed(packClosed(rows))).toEqual([...rows].sort((a, b) => a.id - b.id));
      }),
    );
  });

  it('give back edges once and in order', () => {
    expect(
      unpackEdges(
        packEdges([
          [7, 3],
          [2, 9],
          [7, 3],
          [7, 1],
        ]),
      ),
    ).toEqual([
      [2, 9],
      [7, 1],
      [7, 3],
    ]);
  });

  it('refuse a layout they do not know and an early end', () => {
    expect(() => unpackOpen(new Uint8Array([9, 0, 0]))).toThrow('guildhall rebuild');
    expect(() => unpackOpen(packOpen([{ id: 300, flags: 0, validFrom: 1, knownFrom: 2 }]).subarray(0, 5))).toThrow('ends early');
  });
});

describe('flags', () => {
  it.each([
    ['runtime', true],
    ['development', false],
    ['optional', null],
  ] as const)('keep scope %s and direct %s', (scope, direct) => {
    const value = flagsOf(scope, direct);
    expect([scopeOf(value), directOf(value)]).toEqual([scope, direct]);
  });

  it('show the weightier scope of two', () => {
    const merged = mergedFlags(flagsOf('development', true), flagsOf('runtime', false));
    expect([scopeOf(merged), directOf(merged)]).toEqual(['runtime', true]);
  });

  it('give open findings as rows and as columns alike', () => {
    const rows = [
      { packageId: 3, groupId: 900, episode: 1, openedAt: 1_700_000_000_000, exposedFrom: 19_000 },
      { packageId: 3, groupId: 70_000, episode: 2, openedAt: 1_700_000_000_001, exposedFrom: 19_001 },
      { packageId: 500_000, groupId: 1, episode: 1, openedAt: 5, exposedFrom: 0 },
    ].map((each) => ({ ...each, exposedUntil: null, closedAt: null, closedBecause: null }));
    const bytes = packEpisodes(rows);
    expect(unpackEpisodes(bytes)).toEqual(rows);
    const columns = unpackOpenEpisodes(bytes, (count) => ({
      package: new Uint32Array(count),
      group: new Uint32Array(count),
      episode: new Uint16Array(count),
      openedAt: new Float64Array(count),
      exposedFrom: new Uint16Array(count),
    }));
    expect(Object.values(columns).map((column) => [...column])).toEqual([
      [3, 3, 500_000],
      [900, 70_000, 1],
      [1, 2, 1],
      [1_700_000_000_000, 1_700_000_000_001, 5],
      [19_000, 19_001, 0],
    ]);
  });
});
