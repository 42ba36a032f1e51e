import { sortedBatches } from './posting-batches.ts';
import type { PostingRows } from './posting-rows.ts';

/**
 * Who uses each package version: one pool of postings, a run a version, grown by moving the run to the end and compacted when half is waste.
 * A posting is an evidence slot, its flags and the UTC day it has been valid from.
 */
export type Postings = {
  /** Makes room for version slots up to `count`. */
  reserve(count: number): void;
  /** Loads all postings at once; `counts` by version slot lays the runs out before the first row comes. A row is read before the next is asked for. */
  fill(counts: Uint32Array, rows: Iterable<PostingRows>): void;
  add(version: number, evidence: number, flags: number, validFrom: number): void;
  remove(version: number, evidence: number): void;
  /** Start of the run in the columns; read it and `lengthOf` together, before any other change. */
  startOf(version: number): number;
  lengthOf(version: number): number;
  readonly evidence: () => Uint32Array;
  readonly flags: () => Uint8Array;
  readonly validFrom: () => Uint16Array;
  /** Postings held. */
  size(): number;
};

/** An empty pool. */
export function createPostings(): Postings {
  let start = new Uint32Array(0);
  let length = new Uint32Array(0);
  let room = new Uint32Array(0);
  let evidence = new Uint32Array(0);
  let flags = new Uint8Array(0);
  let validFrom = new Uint16Array(0);
  let end = 0;
  let held = 0;

  const reserve = (count: number): void => {
    if (count <= start.length) return;
    const wanted = Math.max(count, Math.ceil(start.length * 1.5), 1024);
    start = grown(start, wanted);
    length = grown(length, wanted);
    room = grown(room, wanted);
  };
  const reservePool = (count: number): void => {
    if (count <= evidence.length) return;
    const wanted = Math.max(count, Math.ceil(evidence.length * 1.25), 4096);
    evidence = grown(evidence, wanted);
    flags = grown(flags, wanted);
    validFrom = grown(validFrom, wanted);
  };
  const move = (version: number): void => {
    const [from, count] = [start[version] ?? 0, length[version] ?? 0];
    const wanted = Math.max(4, count + (count >> 2) + 1);
    reservePool(end + wanted);
    evidence.copyWithin(end, from, from + count);
    flags.copyWithin(end, from, from + count);
    validFrom.copyWithin(end, from, from + count);
    start[version] = end;
    room[version] = wanted;
    end += wanted;
  };
  const compact = (): void => {
    const order = [...start.keys()].filter((version) => (length[version] ?? 0) > 0);
    const [oldEvidence, oldFlags, oldValid] = [evidence, flags, validFrom];
    const wanted = held + (held >> 3) + 4096;
    evidence = new Uint32Array(wanted);
    flags = new Uint8Array(wanted);
    validFrom = new Uint16Array(wanted);
    end = 0;
    room.fill(0);
    for (const version of order) {
      const [from, count] = [start[version] ?? 0, length[version] ?? 0];
      evidence.set(oldEvidence.subarray(from, from + count), end);
      flags.set(oldFlags.subarray(from, from + count), end);
      validFrom.set(oldValid.subarray(from, from + count), end);
      start[version] = end;
      room[version] = count;
      end += count;
    }
  };

  return {
    reserve,
    fill(counts, rows) {
      length.set(counts);
      let total = 0;
      for (let version = 0; version < length.length; version += 1) {
        const count = length[version] ?? 0;
        start[version] = total;
        // Some room in each run and at the end: a run that is full moves, and a pool that is full is copied while questions wait.
        room[version] = count + (count >> 4);
        total += room[version] ?? 0;
        held += count;
      }
      const places = total + (total >> 3);
      evidence = new Uint32Array(places);
      flags = new Uint8Array(places);
      validFrom = new Uint16Array(places);
      const next = start.slice();
      for (const batch of sortedBatches(rows, total, length.length)) {
        for (let version = 0, from = 0; version < batch.ends.length; version += 1) {
          const until = batch.ends[version] ?? 0;
          for (let place = next[version] ?? 0; from < until; from += 1, place += 1) {
            evidence[place] = batch.pairs[2 * from] ?? 0;
            const rest = batch.pairs[2 * from + 1] ?? 0;
            flags[place] = rest >>> 16;
            validFrom[place] = rest & 0xffff;
            next[version] = place + 1;
          }
        }
      }
      end = total;
    },
    add(version, ofEvidence, withFlags, from) {
      reserve(version + 1);
      if ((length[version] ?? 0) === (room[version] ?? 0)) {
        if (end > 65_536 && end > held * 2) compact();
        move(version);
      }
      const place = (start[version] ?? 0) + (length[version] ?? 0);
      evidence[place] = ofEvidence;
      flags[place] = withFlags;
      validFrom[place] = from;
      length[version] = (length[version] ?? 0) + 1;
      held += 1;
    },
    remove(version, ofEvidence) {
      const [from, count] = [start[version] ?? 0, length[version] ?? 0];
      const place = evidence.subarray(from, from + count).indexOf(ofEvidence);
      if (place === -1) return;
      const last = from + count - 1;
      evidence[from + place] = evidence[last] ?? 0;
      flags[from + place] = flags[last] ?? 0;
      validFrom[from + place] = validFrom[last] ?? 0;
      length[version] = count - 1;
      held -= 1;
    },
    startOf: (version) => start[version] ?? 0,
    lengthOf: (version) => length[version] ?? 0,
    evidence: () => evidence,
    flags: () => flags,
    validFrom: () => validFrom,
    size: () => held,
  };
}

function grown<T extends Uint32Array | Uint16Array | Uint8Array>(column: T, size: number): T {
  const larger = new (column.constructor as new (length: number) => T)(size);
  larger.set(column);
  return larger;
}
