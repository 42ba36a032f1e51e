import type { PostingRows } from './posting-rows.ts';

/** Postings by version: those of version v lie before `ends[v]` and after the end of the version before, two numbers each: evidence slot, flags × 65,536 + valid from. */
export type PostingBatch = { readonly ends: Uint32Array; readonly pairs: Uint32Array };

const fewestRows = 65_536;
const mostRows = 1_048_576;

/**
 * Rows of many evidences, some at a time, in the order of their versions and, within one, of their coming. Written like that a pool of postings is walked
 * once a batch; evidence by evidence it is jumped through for every row, which waits for memory most of the time. A batch holds until the next is asked for.
 * `total` is how many rows there will be, about.
 */
export function* sortedBatches(rows: Iterable<PostingRows>, total: number, versionCount: number): Generator<PostingBatch> {
  // A part of the whole, so that what is held meanwhile stays small beside it.
  let waiting = waitingFor(Math.min(mostRows, Math.max(fewestRows, total >> 5)));
  for (const row of rows) {
    if (waiting.count + row.count > waiting.versions.length) {
      if (waiting.count > 0) yield sorted(waiting, versionCount);
      waiting = row.count > waiting.versions.length ? waitingFor(row.count) : { ...waiting, count: 0 };
    }
    take(waiting, row);
  }
  if (waiting.count > 0) yield sorted(waiting, versionCount);
}

/** Rows as they came, in columns; only the first `count` count. */
type Waiting = { count: number; readonly versions: Uint32Array; readonly pairs: Uint32Array; readonly sorted: Uint32Array };

function waitingFor(room: number): Waiting {
  return { count: 0, versions: new Uint32Array(room), pairs: new Uint32Array(2 * room), sorted: new Uint32Array(2 * room) };
}

function take(waiting: Waiting, row: PostingRows): void {
  const { versions, pairs } = waiting;
  let to = waiting.count;
  for (let at = 0; at < row.count; at += 1, to += 1) {
    versions[to] = row.versions[at] ?? 0;
    pairs[2 * to] = row.evidence;
    pairs[2 * to + 1] = ((row.flags[at] ?? 0) << 16) | (row.validFrom[at] ?? 0);
  }
  waiting.count = to;
}

/** A counting sort, which keeps the order of what is equal. */
function sorted({ count, versions, pairs, sorted: into }: Waiting, versionCount: number): PostingBatch {
  const ends = new Uint32Array(versionCount);
  for (let at = 0; at < count; at += 1) ends[versions[at] ?? 0] = (ends[versions[at] ?? 0] ?? 0) + 1;
  for (let version = 0, sum = 0; version < versionCount; version += 1) {
    const here = ends[version] ?? 0;
    ends[version] = sum; // where its first row goes, which moves to its end as rows are put
    sum += here;
  }
  for (let at = 0; at < count; at += 1) {
    const version = versions[at] ?? 0;
    const to = ends[version] ?? 0;
    ends[version] = to + 1;
    into[2 * to] = pairs[2 * at] ?? 0;
    into[2 * to + 1] = pairs[2 * at + 1] ?? 0;
  }
  return { ends, pairs: into };
}
