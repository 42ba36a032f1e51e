import { canonicalJson } from '#language/canonical-json.ts';
import type { EndOfLifeReading } from '#language/end-of-life.ts';
import type { EpssReading } from '#language/epss.ts';
import type { KevReading } from '#language/kev.ts';
import type { PeopleReading } from '#language/people-csv.ts';
import type { AttestationReading } from '#model/attestation.ts';
import type { Problem } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import type { RegistryAnswer, RegistryBytes } from '#model/registry.ts';
import { emptySbom, type SbomDocument } from '#model/sbom.ts';
import { readAdvisories, readAdvisoryArchive, type ArchivedAdvisory, type ReadAdvisory } from './advisories.ts';
import type { ImageList, WantedImage } from './image/open-image.ts';
import { pieceLength, type Answer, type LongText, type ProvidedFile, type Question } from './messages.ts';
import type { NoAnswer, ReaderProcess } from './reader-process.ts';
import { openReaderPool } from './reader-pool.ts';

export type GatewayOptions = {
  /** How many reader processes, one file each at a time. */
  readonly workers: number;
  /** Time a reader may take for one file or batch, fetching neighbours not counted; 10 s by default. A file of more than 8 MiB has three seconds more for each of them. */
  readonly deadlineMs?: number;
  /** Memory one reader process may hold, in MiB; 880 by default: an SBOM of 300,000 components takes 655 to 730. */
  readonly memoryMb?: number;
  /** Largest file, also the most all its neighbours may be together; 256 MiB by default. */
  readonly maxBytes?: number;
  /** Module with the `formats` and `parseOsv` to read with; this build's own by default. */
  readonly parsers?: URL;
};

export type FileJob = {
  /** Path inside its source, `/` separated. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Null: found by path, then by content. */
  readonly formatId: string | null;
  /** Neighbours already at hand (null: known absent), by normalised path; the reading rests on those only that it asks for. */
  readonly provided?: ReadonlyMap<string, Uint8Array | null>;
  /**
   * Only the packages that the file says have one of these hashes are asked for, each as `artifactHashText` writes it; `all` asks for the packages that have
   * any, with their hashes as the file writes them. Absent asks for all that it says, which no hashes are part of.
   */
  readonly hashes?: readonly string[] | 'all';
};

export type FileReading = {
  /** Null when no format claims the file. */
  readonly format: string | null;
  readonly formatVersion: number | null;
  /** What it says, a {@link ReadingResult} as canonical JSON: to be kept as it is, or taken apart by `resultOf`. */
  readonly text: string;
  /** Every neighbour it asked for, those that are not there included, by path: what the reading rests on beside the file itself. */
  readonly asked: readonly string[];
};

/** What a file says; written by our own reader process from checked values. */
export function resultOf(reading: FileReading): ReadingResult {
  return JSON.parse(reading.text) as ReadingResult;
}

/** The document of an SBOM. */
export type SbomReading = {
  /** Null when no format claims the file. */
  readonly format: string | null;
  /** One that says nothing but why, where the file cannot be read or is no SBOM. */
  readonly document: SbomDocument;
};

/** Fetches a neighbour by normalised path: its bytes, null when there is none, or why it cannot be read. */
export type FetchNeighbour = (path: string) => Promise<Uint8Array | null | Problem>;

/** The one place where untrusted bytes are parsed. Whatever the bytes, it answers in bounded time and the next file is read. */
export type Gateway = {
  read(job: FileJob, neighbours: FetchNeighbour): Promise<FileReading>;
  /** Reads all that an SBOM says, of whatever standard and form, within the limits that readings have. A lockfile or the like gives the problem `no-sbom`. */
  readSbom(file: Pick<FileJob, 'path' | 'bytes' | 'formatId'>): Promise<SbomReading>;
  /** Reads OSV records, in the order given. */
  readAdvisories(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Promise<readonly ReadAdvisory[]>;
  /** Reads an OSV `all.zip` on disk batch by batch; `wanted` names the entries to read (all `.json` by default). */
  readAdvisoryArchive(file: string, wanted?: readonly string[]): AsyncGenerator<readonly ArchivedAdvisory[]>;
  /** Reads CISA's catalogue, JSON; when its reader gave up, a reading without entries that says why. */
  readKev(bytes: Uint8Array): Promise<KevReading>;
  /** Reads FIRST's EPSS file, CSV or its gzip; when its reader gave up, a reading without scores that says why. */
  readEpss(bytes: Uint8Array): Promise<EpssReading>;
  /** Reads the products of endoflife.date, JSON or its gzip; when its reader gave up, a reading without products that says why. */
  readEndOfLife(bytes: Uint8Array): Promise<EndOfLifeReading>;
  /** Reads a table of people, CSV; when its reader gave up, a reading without rows that says why. */
  readPeople(bytes: Uint8Array, mapping: string): Promise<PeopleReading>;
  /** Reads one answer of a registry; when its reader gave up, an answer that says nothing but why. */
  readRegistry(protocol: string, answer: RegistryBytes): Promise<RegistryAnswer>;
  /** Reads attestations, and the signature that a document bears itself; when its reader gave up, a reading without any that says why. */
  readAttestations(bytes: Uint8Array): Promise<AttestationReading>;
  /** Lists the images in an archive, a layout, or the root of a system on disk. */
  listImages(at: string): Promise<ImageList>;
  /** Reads one of them: a document that the format `image-contents` reads, null with the reasons where nothing of it was believed. `progress` hears how many bytes were read. */
  readImage(wanted: WantedImage, progress?: (bytes: number) => void): Promise<ReadImage>;
  /** Kills the reader processes; whatever is under way is answered with a problem. */
  close(): void;
};

/** What was taken out of an image, when it says it was made (ISO 8601), and the digest of its manifest; null where it does not say. */
export type ReadImage = {
  readonly contents: Uint8Array | null;
  readonly createdAt: string | null;
  readonly digest: string | null;
  readonly problems: readonly Problem[];
};

/** How often a file may ask on: chains of files are short, and what is announced comes in one go. Time and bytes are bounded beside it. */
const maxRounds = 500;

/** Opens the gateway and starts its reader processes. Close it, though idle processes do not keep the program alive. */
export function openGateway(options: GatewayOptions): Gateway {
  const { workers, deadlineMs = 10_000, memoryMb = 880, maxBytes = 256 * 1024 * 1024 } = options;
  const pool = openReaderPool(workers, memoryMb, options.parsers ?? null);
  const ask = async (question: Question) => (await pool.use((reader) => reader.ask(question, deadlineMs))) ?? closed;
  const whyNot = (answer: Answer | NoAnswer): Problem => ({ ...reasonOf(answer, deadlineMs), severity: 'error' });
  return {
    async read(job, neighbours) {
      if (job.bytes.length > maxBytes) return failed(job, null, [], tooLarge(job.bytes, maxBytes));
      const reading = await pool.use((reader) => readFile(reader, job, neighbours, { deadlineMs: deadlineFor(job.bytes, deadlineMs), maxBytes }));
      return reading ?? failed(job, null, [], reasonOf(closed, deadlineMs));
    },
    async readSbom(file) {
      const reading =
        file.bytes.length > maxBytes ? null : await pool.use((reader) => readDocument(reader, file, deadlineFor(file.bytes, deadlineMs)));
      if (reading !== null) return reading;
      const reason = file.bytes.length > maxBytes ? tooLarge(file.bytes, maxBytes) : reasonOf(closed, deadlineMs);
      return { format: null, document: emptySbom('other', [{ ...reason, path: file.path, severity: 'error' }]) };
    },
    readAdvisories: (files) => readAdvisories(pool, files, { deadlineMs, maxBytes }),
    readAdvisoryArchive: (file, wanted) => readAdvisoryArchive(pool, file, wanted ?? null, deadlineMs),
    async readKev(bytes) {
      const answer = await ask({ kind: 'kev', bytes });
      return answer.kind === 'kev' ? answer.reading : { catalogVersion: null, entries: new Map(), rejected: 0, problems: [whyNot(answer)] };
    },
    async readEpss(bytes) {
      const answer = await ask({ kind: 'epss', bytes });
      return answer.kind === 'epss'
        ? answer.reading
        : { modelVersion: null, scoreDate: null, scores: new Map(), rejected: 0, problems: [whyNot(answer)] };
    },
    async readEndOfLife(bytes) {
      const answer = await ask({ kind: 'end-of-life', bytes });
      return answer.kind === 'end-of-life' ? answer.reading : { generatedAt: null, products: [], rejected: 0, problems: [whyNot(answer)] };
    },
    async readPeople(bytes, mapping) {
      const answer = await ask({ kind: 'people', bytes, mapping });
      return answer.kind === 'people' ? answer.reading : { rows: [], rejected: 0, problems: [whyNot(answer)] };
    },
    async readRegistry(protocol, answer) {
      const read = await ask({ kind: 'registry', protocol, answer });
      // Our own reader process wrote it from checked values.
      if (read.kind === 'registry') return JSON.parse(read.answer) as RegistryAnswer;
      return { versions: [], isWhole: false, asks: [], problems: [whyNot(read)] };
    },
    async readAttestations(bytes) {
      if (bytes.length > maxBytes) return { attestations: [], problems: [{ ...tooLarge(bytes, maxBytes), severity: 'error' }] };
      const read = await ask({ kind: 'attestations', bytes });
      // Our own reader process wrote it from checked values.
      return read.kind === 'attestations' ? (JSON.parse(read.reading) as AttestationReading) : { attestations: [], problems: [whyNot(read)] };
    },
    async listImages(at) {
      const answer = await pool.use((reader) => reader.ask({ kind: 'images', at }, maxImageMs));
      if (answer?.kind === 'images') return { images: answer.images, problems: JSON.parse(answer.problems) as readonly Problem[] };
      return { images: [], problems: [whyNot(answer ?? closed)] };
    },
    async readImage(wanted, progress) {
      const answer = (await pool.use((reader) => imageBy(reader, wanted, deadlineMs, progress))) ?? closed;
      if (answer.kind !== 'image') return { contents: null, createdAt: null, digest: null, problems: [whyNot(answer)] };
      const { contents, createdAt, digest } = answer;
      return { contents, createdAt, digest, problems: JSON.parse(answer.problems) as readonly Problem[] };
    },
    close: () => {
      pool.close();
    },
  };
}

/** Longer than any image takes; the processor time of a reader ends first. */
const maxImageMs = 1_800_000;

/** An image may take long, but not stand still: the deadline is for the next bytes of it. */
async function imageBy(
  reader: ReaderProcess,
  wanted: WantedImage,
  deadlineMs: number,
  progress: ((bytes: number) => void) | undefined,
): Promise<Answer | NoAnswer> {
  const start = performance.now();
  let [bytes, moved] = [0, start];
  let answer = await reader.ask({ kind: 'image', wanted }, deadlineMs);
  while (answer.kind === 'image-part') {
    const now = performance.now();
    if (answer.bytes > bytes) moved = now;
    bytes = answer.bytes;
    progress?.(bytes);
    if (now - moved > deadlineMs || now - start > maxImageMs) {
      reader.kill();
      return { kind: 'no-answer', code: 'deadline' };
    }
    answer = await reader.ask({ kind: 'image-more' }, deadlineMs);
  }
  return answer;
}

type Limits = { readonly deadlineMs: number; readonly maxBytes: number };
type Detected = Extract<Answer, { kind: 'detected' }>;

async function readFile(reader: ReaderProcess, job: FileJob, neighbours: FetchNeighbour, limits: Limits): Promise<FileReading> {
  const known = new Map(job.provided);
  const fetched: string[] = [];
  const ask = askWithin(reader, limits.deadlineMs);
  const { path, bytes: content, formatId, hashes = null } = job;
  const detected = await sendFile(ask, { kind: 'file', path, bytes: content, formatId, provided: [...known], hashes });
  if (detected.kind !== 'detected') return failed(job, null, [], reasonOf(detected, limits.deadlineMs));
  const give = (reason: { code: string; message: string }) => failed(job, detected, fetched, reason);
  if (detected.format === null) return give(unknownFormat(job));

  let provided: readonly ProvidedFile[] = [];
  for (let round = 0, bytes = 0; round <= maxRounds; round += 1) {
    const answer = await ask({ kind: 'parse', provided });
    if (answer.kind === 'read') {
      const text = await wholeText(ask, answer.result);
      if (typeof text !== 'string') return give(reasonOf(text, limits.deadlineMs));
      return { format: detected.format, formatVersion: detected.formatVersion, text, asked: answer.asked.toSorted() };
    }
    if (answer.kind !== 'wanted') return give(reasonOf(answer, limits.deadlineMs));
    const arrived: ProvidedFile[] = [];
    for (const { path, isLikely } of answer.paths) {
      if (known.has(path)) continue;
      const found = await fetchNeighbour(neighbours, path);
      if (found !== null && !(found instanceof Uint8Array)) {
        if (isLikely) continue; // only when it is really asked for does the reading fail
        return give({ code: found.code, message: `${path}, which the file refers to, cannot be read: ${found.message}` });
      }
      bytes += found?.length ?? 0;
      if (bytes > limits.maxBytes)
        return give({ code: 'too-large', message: `The files it refers to have more than ${String(limits.maxBytes)} bytes together.` });
      known.set(path, found);
      fetched.push(path);
      arrived.push([path, found]);
    }
    provided = arrived;
  }
  return give({ code: 'too-many-neighbours', message: `The file refers to more than ${String(maxRounds)} other files, one through the other.` });
}

async function readDocument(
  reader: ReaderProcess,
  { path, bytes, formatId }: Pick<FileJob, 'path' | 'bytes' | 'formatId'>,
  deadlineMs: number,
): Promise<SbomReading> {
  const give = (format: string | null, reason: { code: string; message: string }): SbomReading => ({
    format,
    document: emptySbom('other', [{ ...reason, path, severity: 'error' }]),
  });
  const ask = askWithin(reader, deadlineMs);
  const detected = await sendFile(ask, { kind: 'file', path, bytes, formatId, provided: [], hashes: null });
  if (detected.kind !== 'detected') return give(null, reasonOf(detected, deadlineMs));
  const { format } = detected;
  if (format === null) return give(null, unknownFormat({ formatId }));
  const answer = await ask({ kind: 'sbom' });
  if (answer.kind !== 'sbom') return give(format, reasonOf(answer, deadlineMs));
  if (answer.document === null) return give(format, { code: 'no-sbom', message: `The file is of the format ${format}, which is no SBOM.` });
  const text = await wholeText(ask, answer.document);
  // Our own reader process wrote it from checked values.
  return typeof text === 'string' ? { format, document: JSON.parse(text) as SbomDocument } : give(format, reasonOf(text, deadlineMs));
}

type Ask = (question: Question) => Promise<Answer | NoAnswer>;

/** Asks a reader, all questions together within a time. */
function askWithin(reader: ReaderProcess, deadlineMs: number): Ask {
  let left = deadlineMs;
  return async (question) => {
    const start = performance.now();
    const answer = await reader.ask(question, Math.max(left, 1));
    left -= performance.now() - start;
    return answer;
  };
}

/** Hands a file over, a large one in pieces. */
async function sendFile(ask: Ask, file: Extract<Question, { kind: 'file' }>): Promise<Answer | NoAnswer> {
  const { bytes } = file;
  if (bytes === null || bytes.length <= pieceLength) return ask(file);
  for (let offset = 0; offset < bytes.length; offset += pieceLength) {
    const answer = await ask({ kind: 'piece', offset, total: bytes.length, bytes: bytes.subarray(offset, offset + pieceLength) });
    if (answer.kind !== 'taken') return answer;
  }
  return ask({ ...file, bytes: null });
}

/** A text that came in its first piece, whole; or why it is not. */
async function wholeText(ask: Ask, first: LongText): Promise<string | Answer | NoAnswer> {
  const pieces = [first.piece];
  for (let { isLast } = first; !isLast;) {
    const answer = await ask({ kind: 'more' });
    if (answer.kind !== 'more') return answer;
    pieces.push(answer.text.piece);
    ({ isLast } = answer.text);
  }
  return pieces.join('');
}

function deadlineFor(bytes: Uint8Array, deadlineMs: number): number {
  return deadlineMs + Math.max(0, Math.floor(bytes.length / pieceLength) - 1) * 3_000;
}

function tooLarge(bytes: Uint8Array, maxBytes: number): { code: string; message: string } {
  return { code: 'too-large', message: `The file has ${String(bytes.length)} bytes; the limit is ${String(maxBytes)}.` };
}

async function fetchNeighbour(neighbours: FetchNeighbour, path: string): Promise<Uint8Array | null | Problem> {
  try {
    return await neighbours(path);
  } catch (error) {
    return { code: 'unreadable', message: error instanceof Error ? error.message : String(error), severity: 'error' };
  }
}

function failed(job: FileJob, detected: Detected | null, asked: readonly string[], reason: { code: string; message: string }): FileReading {
  return {
    format: detected?.format ?? null,
    formatVersion: detected?.formatVersion ?? null,
    text: canonicalJson(unread({ ...reason, path: job.path, severity: 'error' })),
    asked: asked.toSorted(),
  };
}

function unknownFormat(job: Pick<FileJob, 'formatId'>): { code: string; message: string } {
  return job.formatId === null
    ? {
        code: 'unknown-format',
        message: 'No format of this build knows the file by its name or content. Name the format, or see the list of formats.',
      }
    : { code: 'unknown-format', message: `This build has no format ${JSON.stringify(job.formatId)}. See the list of formats.` };
}

const closed: NoAnswer = { kind: 'no-answer', code: 'closed' };

function reasonOf(answer: Answer | NoAnswer, deadlineMs: number): { code: string; message: string } {
  const code = answer.kind === 'no-answer' ? answer.code : 'crashed';
  switch (code) {
    case 'deadline':
      return { code, message: `Reading the file took more than ${String(deadlineMs)} ms and was stopped.` };
    case 'memory':
      return { code, message: 'Reading the file needed more memory than a reader may have and was stopped.' };
    case 'crashed':
      return { code, message: 'The reader process died on this file. Please report it with the file.' };
    case 'not-started':
      return { code, message: 'No reader process could be started. Run the doctor command to see why.' };
    case 'closed':
      return { code, message: 'The program is stopping; the file was not read.' };
  }
}
