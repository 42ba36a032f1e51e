import { createHash } from 'node:crypto';
import type { Advisory } from '#model/advisory.ts';
import type { Problem } from '#model/problem.ts';
import type { Answer, Question } from './messages.ts';
import type { NoAnswer, ReaderProcess } from './reader-process.ts';
import type { ReaderPool } from './reader-pool.ts';

/** What one OSV record says; null with problems when it does not parse. */
export type ReadAdvisory = { readonly path: string; readonly advisory: Advisory | null; readonly problems: readonly Problem[] };

/** One record of an archive. `bytes` and `hash` (sha256 in hex) are null when the entry was refused before it was read whole. */
export type ArchivedAdvisory = {
  readonly name: string;
  readonly hash: string | null;
  readonly advisory: Advisory | null;
  readonly problems: readonly Problem[];
  readonly bytes: Uint8Array | null;
};

type RecordFile = { readonly path: string; readonly bytes: Uint8Array };
type Limits = { readonly deadlineMs: number; readonly maxBytes: number };

const batchRecords = 200;
const batchBytes = 8 * 1024 * 1024;
const maxLostRecords = 100;

/** Reads OSV records in batches, in the order given. A record that stops its reader is named, and the rest of its batch is read one by one. */
export async function readAdvisories(pool: ReaderPool, files: readonly RecordFile[], limits: Limits): Promise<readonly ReadAdvisory[]> {
  const batches = await Promise.all(batchesOf(files).map((batch) => readBatch(pool, batch, limits)));
  return batches.flat();
}

async function readBatch(pool: ReaderPool, batch: readonly RecordFile[], limits: Limits): Promise<readonly ReadAdvisory[]> {
  const [first] = batch;
  if (first !== undefined && batch.length === 1 && first.bytes.length > limits.maxBytes) {
    return [lost(first.path, 'too-large', `The record has more than ${String(limits.maxBytes)} bytes.`)];
  }
  const answer = await pool.use((reader) => reader.ask({ kind: 'advisories', files: batch }, limits.deadlineMs));
  if (answer?.kind === 'advisories') return batch.map((file, index) => ({ path: file.path, ...parsedAnswer(answer.answers[index]) }));
  if (answer === null || first === undefined || batch.length === 1) return batch.map((file) => lost(file.path, ...whyLost(answer)));
  const single: ReadAdvisory[] = [];
  for (const file of batch) single.push(...(await readBatch(pool, [file], limits)));
  return single;
}

function batchesOf(files: readonly RecordFile[]): readonly (readonly RecordFile[])[] {
  const batches: RecordFile[][] = [];
  let bytes = batchBytes;
  for (const file of files) {
    const last = batches.at(-1);
    if (last === undefined || last.length === batchRecords || bytes + file.bytes.length > batchBytes) {
      batches.push([file]);
      bytes = file.bytes.length;
    } else {
      last.push(file);
      bytes += file.bytes.length;
    }
  }
  return batches;
}

/**
 * Reads the records of a zip on disk, batch by batch. An entry that stops its reader is passed over and named by its number;
 * after a hundred of those the archive is given up, which is said in a last batch.
 */
export async function* readAdvisoryArchive(
  pool: ReaderPool,
  file: string,
  wanted: readonly string[] | null,
  deadlineMs: number,
): AsyncGenerator<readonly ArchivedAdvisory[]> {
  // The reader that has the archive open at the right place; any other one can open it anew and skip.
  let reader: ReaderProcess | null = null;
  let batch = batchRecords;
  let losses = 0;
  for (let from: number | null = 0; from !== null;) {
    const question: Question = { kind: 'archive', file, from, batch, wanted };
    const answer: Answer | NoAnswer | null = await pool.use((taken): Promise<Answer | NoAnswer> => {
      reader = taken;
      return taken.ask(question, deadlineMs);
    }, reader);
    if (answer?.kind === 'archive') {
      const records = answer.records.map((record) => ({
        name: record.name,
        hash: hashOf(record.bytes),
        bytes: record.bytes,
        ...parsedAnswer(record.answer),
      }));
      const problems = JSON.parse(answer.problems) as readonly Problem[];
      if (records.length + problems.length > 0) yield [...records, ...problems.map((problem) => whole(file, problem))];
      from = answer.next;
      batch = batchRecords;
    } else if (answer === null || losses === maxLostRecords) {
      yield [whole(file, { code: 'given-up', message: 'The rest of the archive was not read.', severity: 'error' })];
      return;
    } else if (batch > 1) {
      batch = 1; // one entry at a time, to find the one that stops its reader
    } else {
      losses += 1;
      const name = `entry ${String(from + 1)}`;
      yield [{ hash: null, bytes: null, name, advisory: null, problems: lost(name, ...whyLost(answer)).problems }];
      from += 1;
    }
  }
}

function whole(file: string, problem: Problem): ArchivedAdvisory {
  return { name: file.slice(file.lastIndexOf('/') + 1), hash: null, advisory: null, problems: [problem], bytes: null };
}

function parsedAnswer(json: string | undefined): { readonly advisory: Advisory | null; readonly problems: readonly Problem[] } {
  // Written by our own reader process from what parseOsv gave.
  return JSON.parse(json ?? '{"advisory":null,"problems":[]}') as { advisory: Advisory | null; problems: readonly Problem[] };
}

function whyLost(answer: Answer | NoAnswer | null): [code: string, message: string] {
  const code = answer === null ? 'closed' : answer.kind === 'no-answer' ? answer.code : 'crashed';
  return [
    code,
    code === 'closed'
      ? 'The program is stopping; the record was not read.'
      : 'Reading this record stopped its reader. Please report it with the record.',
  ];
}

function lost(path: string, code: string, message: string): ReadAdvisory {
  return { path, advisory: null, problems: [{ code, message, path, severity: 'error' }] };
}

function hashOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex');
}
