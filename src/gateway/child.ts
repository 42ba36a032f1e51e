// A reader process: the only place where untrusted bytes are parsed. It answers one question at a time and never decides anything else.
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { canonicalJson } from '#language/canonical-json.ts';
import type { EndOfLifeReading } from '#language/end-of-life.ts';
import type { EpssReading } from '#language/epss.ts';
import type { KevReading } from '#language/kev.ts';
import type { PeopleReading } from '#language/people-csv.ts';
import type { Advisory } from '#model/advisory.ts';
import type { AttestationReading } from '#model/attestation.ts';
import type { Format } from '#model/format.ts';
import type { Problem } from '#model/problem.ts';
import type { RegistryAnswer, RegistryBytes } from '#model/registry.ts';
import { openArchive, type ArchiveReader } from './advisory-archive.ts';
import { checkedProblems } from './checked-result.ts';
import { detectFormat } from './detect-format.ts';
import { listImages, openImage, type WantedImage } from './image/open-image.ts';
import { pieceLength, type Answer, type ArchiveRecord, type FromReader, type LongText, type ProvidedFile, type Question } from './messages.ts';
import { documentOf, failureOf, runFormat, type ReadingJob } from './reading-job.ts';

type Parsers = {
  readonly formats: readonly Format[];
  readonly parseOsv: (bytes: Uint8Array) => { readonly advisory: Advisory | null; readonly problems: readonly Problem[] };
  readonly parseKev: (bytes: Uint8Array) => KevReading;
  readonly parseEpss: (bytes: Uint8Array) => EpssReading;
  readonly parseEndOfLife: (bytes: Uint8Array) => EndOfLifeReading;
  readonly parsePeople: (bytes: Uint8Array, mapping: string) => PeopleReading;
  readonly readAttestations: (bytes: Uint8Array) => AttestationReading;
  readonly sbomInAttestation: (bytes: Uint8Array) => Uint8Array | null;
  readonly readRegistryAnswer: (protocol: string, answer: RegistryBytes) => RegistryAnswer;
};

/** The whole EPSS file has about 10 MiB unpacked. */
const maxUnpackedBytes = 256 * 1024 * 1024;

// Two imports, since a bundler follows only one that names its module.
const other = process.argv[2];
const parsers: Parsers = other === undefined ? await import('./parsers.ts') : ((await import(other)) as Parsers);
const { formats, parseOsv, parseKev, parseEpss, parseEndOfLife, parsePeople, readAttestations, readRegistryAnswer, sbomInAttestation } = parsers;

let job: ReadingJob | null = null;
let archive: ArchiveReader | null = null;
/** The file that comes in pieces. */
let pieces: Uint8Array | null = null;
/** What is left of an answer. */
let rest = '';
let image: { readonly read: Promise<Answer>; bytes: number } | null = null;
/** How long an image is read before the asker hears how far it is. */
const imageSliceMs = 1_000;

process.on('disconnect', () => process.exit(0));
process.on('message', (question: Question) => {
  void answerTo(question).then((answer) => {
    const { user, system } = process.cpuUsage();
    send({ kind: 'answer', answer, usedMs: (user + system) / 1000 });
  });
});
send({ kind: 'ready' });

function send(message: FromReader): void {
  process.send?.(message);
}

async function answerTo(question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'piece':
      if (question.offset === 0) pieces = new Uint8Array(question.total);
      pieces?.set(question.bytes, question.offset);
      return { kind: 'taken' };
    case 'file':
      return detected(question);
    case 'parse':
      return parsed(question.provided);
    case 'sbom':
      return sbomAnswer();
    case 'more':
      return { kind: 'more', text: nextPiece() };
    case 'advisories':
      return { kind: 'advisories', answers: question.files.map((file) => advisoryAnswer(file.path, file.bytes)) };
    case 'archive':
      return archiveBatch(question);
    case 'images':
      return imagesAnswer(question.at);
    case 'image':
      image = beginImage(question.wanted);
      return imageAnswer();
    case 'image-more':
      return imageAnswer();
    case 'kev':
      return { kind: 'kev', reading: parseKev(unpacked(question.bytes)) };
    case 'epss':
      return { kind: 'epss', reading: parseEpss(unpacked(question.bytes)) };
    case 'end-of-life':
      return { kind: 'end-of-life', reading: parseEndOfLife(unpacked(question.bytes)) };
    case 'people':
      return { kind: 'people', reading: parsePeople(question.bytes, question.mapping) };
    case 'registry':
      return { kind: 'registry', answer: registryAnswer(question) };
    case 'attestations':
      return { kind: 'attestations', reading: attestationAnswer(question.bytes) };
  }
}

function detected(question: Extract<Question, { kind: 'file' }>): Answer {
  // An SBOM that comes inside an attestation is read like one that comes by itself.
  const given = question.bytes ?? pieces ?? new Uint8Array();
  pieces = null;
  const bytes = mayBeAttestation(given) ? (sbomInAttestation(given) ?? given) : given;
  const format = detectFormat(formats, question.formatId, question.path, bytes);
  job =
    format === null
      ? null
      : {
          ...{
            format,
            formats,
            path: question.path,
            bytes,
            hashes: question.hashes === null || question.hashes === 'all' ? question.hashes : new Set(question.hashes),
          },
          ...{ provided: new Map(question.provided), asked: new Set(), announced: new Set() },
        };
  return { kind: 'detected', format: format?.id ?? null, formatVersion: format?.version ?? null };
}

function parsed(provided: readonly ProvidedFile[]): Answer {
  if (job === null) throw new Error('Asked to parse before a file was given.');
  for (const [path, bytes] of provided) job.provided.set(path, bytes);
  const run = runFormat(job);
  if ('wanted' in run) return { kind: 'wanted', paths: run.wanted };
  const asked = [...job.asked];
  job = null;
  return { kind: 'read', result: longText(canonicalJson(run.result)), asked };
}

function sbomAnswer(): Answer {
  if (job === null) throw new Error('Asked for a document before a file was given.');
  const document = documentOf(job);
  job = null;
  return { kind: 'sbom', document: document === null ? null : longText(JSON.stringify(document)) };
}

function mayBeAttestation(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  return /"(?:payload|payloadType|signatures|dsseEnvelope|mediaType)"\s*:|"https:\/\/in-toto\.io\/Statement\//.test(head);
}

function attestationAnswer(bytes: Uint8Array): string {
  let read: AttestationReading = { attestations: [], problems: [] };
  try {
    // An SBOM without any signature is passed over unread: most are, and large ones take long.
    if (mayBeAttestation(bytes) || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('"signature"')) read = readAttestations(bytes);
  } catch (error) {
    read = { attestations: [], problems: [{ ...failureOf(error, 'The reader of attestations'), severity: 'error' }] };
  }
  return storable(JSON.stringify(read));
}

function longText(text: string): LongText {
  rest = text;
  return nextPiece();
}

function nextPiece(): LongText {
  const piece = rest.slice(0, pieceLength);
  rest = rest.slice(pieceLength);
  return { piece, isLast: rest === '' };
}

function advisoryAnswer(path: string, bytes: Uint8Array): string {
  let read: ReturnType<Parsers['parseOsv']>;
  try {
    read = parseOsv(bytes);
  } catch (error) {
    read = { advisory: null, problems: [{ ...failureOf(error, 'The reader of OSV records'), severity: 'error' }] };
  }
  return storable(JSON.stringify({ advisory: read.advisory, problems: checkedProblems(read.problems, path) }));
}

function registryAnswer({ protocol, answer }: Extract<Question, { kind: 'registry' }>): string {
  let read: RegistryAnswer;
  try {
    read = readRegistryAnswer(protocol, answer);
  } catch (error) {
    const problem: Problem = { ...failureOf(error, 'The reader of registry answers'), severity: 'error' };
    read = { versions: [], isWhole: false, asks: [], problems: [problem] };
  }
  return storable(JSON.stringify(read));
}

/** JSON without half surrogate pairs and NUL in its strings, which a store cannot hold. JSON.stringify escapes both, so they can be found in the text. */
function storable(json: string): string {
  // An escaped backslash before the u (`\\u0000`) is plain text and must stay.
  return json.replaceAll(/(?<!\\)((?:\\\\)*)\\u(?:d[89ab][0-9a-f]{2}|d[c-f][0-9a-f]{2}|0000)/g, '$1\uFFFD');
}

async function archiveBatch(question: Extract<Question, { kind: 'archive' }>): Promise<Answer> {
  const wanted = question.wanted === null ? null : new Set(question.wanted);
  try {
    if (archive?.file !== question.file || archive.position() !== question.from) {
      archive?.close();
      archive = null;
      archive = await openArchive(question.file, question.from);
    }
    const { entries, end, problems } = await archive.next(question.batch, wanted);
    const next = end ? null : archive.position();
    if (end) closeArchive();
    return { kind: 'archive', records: entries.map(recordOf), next, problems: JSON.stringify(problems) };
  } catch (error) {
    closeArchive();
    const problem: Problem = {
      code: 'broken-archive',
      message: `The archive cannot be read: ${failureOf(error, 'its reader').message}`,
      severity: 'error',
    };
    return { kind: 'archive', records: [], next: null, problems: JSON.stringify([problem]) };
  }
}

async function imagesAnswer(at: string): Promise<Answer> {
  try {
    const { images, problems } = await listImages(at);
    return { kind: 'images', images, problems: JSON.stringify(checkedProblems(problems, '')) };
  } catch (error) {
    return { kind: 'images', images: [], problems: JSON.stringify([{ ...failureOf(error, 'The reader of images'), severity: 'error' }]) };
  }
}

function beginImage(wanted: WantedImage): NonNullable<typeof image> {
  const reading = { bytes: 0, read: Promise.resolve<Answer>({ kind: 'image-part', bytes: 0 }) };
  reading.read = openImage(wanted, formats, (count) => {
    reading.bytes += count;
  }).then(
    ({ contents, problems }): Answer => ({
      kind: 'image',
      contents: contents === null ? null : Buffer.from(storable(canonicalJson(contents))),
      createdAt: contents?.createdAt ?? null,
      digest: contents?.image.digest ?? null,
      problems: JSON.stringify(checkedProblems(problems, '')),
    }),
    (error: unknown): Answer => ({
      ...{ kind: 'image', contents: null, createdAt: null, digest: null },
      problems: JSON.stringify([{ ...failureOf(error, 'The reader of images'), severity: 'error' }]),
    }),
  );
  return reading;
}

async function imageAnswer(): Promise<Answer> {
  const reading = image;
  if (reading === null) throw new Error('Asked to go on before an image was named.');
  const slice = Promise.withResolvers<Answer>();
  const timer = setTimeout(() => {
    slice.resolve({ kind: 'image-part', bytes: reading.bytes });
  }, imageSliceMs);
  const answer = await Promise.race([reading.read, slice.promise]);
  clearTimeout(timer);
  if (answer.kind === 'image') image = null;
  return answer;
}

/** The bytes, unpacked where they are gzip. A bomb or a broken file gives the parser nothing, which it then says. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes });
  } catch {
    return new Uint8Array();
  }
}

function closeArchive(): void {
  archive?.close();
  archive = null;
}

function recordOf(entry: Awaited<ReturnType<ArchiveReader['next']>>['entries'][number]): ArchiveRecord {
  if ('problem' in entry) return { name: entry.name, bytes: null, answer: JSON.stringify({ advisory: null, problems: [entry.problem] }) };
  return { name: entry.name, bytes: entry.bytes, answer: advisoryAnswer(entry.name, entry.bytes) };
}
