import { artifactHashText, readArtifactHash } from '#language/artifact-hash.ts';
import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type ReadPackage } from '#model/reading.ts';
import { emptySbom, type SbomDocument } from '#model/sbom.ts';
import { checkedResult, resultLimits } from './checked-result.ts';
import { checkedSbom } from './checked-sbom.ts';
import { detectFormat } from './detect-format.ts';
import type { WantedFile } from './messages.ts';
import { neighbourPath } from './neighbour-path.ts';

/**
 * One file being read. `provided` grows with each neighbour that was fetched; `asked` holds every neighbour the format asked for,
 * `announced` every one it said it may ask for.
 */
export type ReadingJob = {
  readonly format: Format;
  /** All there are, for files that lie inside the one being read. */
  readonly formats: readonly Format[];
  readonly path: string;
  /** Emptied once it is read. */
  bytes: Uint8Array;
  /** Only packages with one of these are asked for, `all`: those with any, and with what the file writes; null for everything, without hashes. */
  readonly hashes: ReadonlySet<string> | 'all' | null;
  readonly provided: Map<string, Uint8Array | null>;
  readonly asked: Set<string>;
  readonly announced: Set<string>;
};

const maxAnnounced = 2000;

/** Thrown through a format that asks for a neighbour we do not have yet; the format runs again once it is there. */
class NeighbourWanted extends Error {}

/**
 * Runs the format once. Gives the neighbours it wants and we do not have, or the checked result. Formats are synchronous
 * and pure, so running one again with more neighbours is the same as having let it wait.
 */
export function runFormat(job: ReadingJob): { readonly wanted: readonly WantedFile[] } | { readonly result: ReadingResult } {
  const wanted: WantedFile[] = [];
  const read = (path: string): Uint8Array | null => {
    const inside = neighbourPath(path);
    if (inside === null) return null;
    job.asked.add(inside);
    const bytes = job.provided.get(inside);
    if (bytes !== undefined) return bytes;
    wanted.push({ path: inside, isLikely: false });
    throw new NeighbourWanted(`wants ${inside}`);
  };
  const soon = (paths: readonly string[]): void => {
    const inside = paths.slice(0, maxAnnounced).flatMap((path) => neighbourPath(path) ?? []);
    const unknown = inside.filter((path) => !job.provided.has(path) && !job.announced.has(path));
    if (unknown.length === 0) return;
    for (const path of unknown) job.announced.add(path);
    wanted.push(...unknown.map((path) => ({ path, isLikely: true })));
    throw new NeighbourWanted(`may want ${unknown.join(', ')}`);
  };
  let said: ReadingResult;
  try {
    const inner: Neighbours['inner'] = (file, beside) => innerReading(job, file, beside);
    said = job.format.parse({ path: job.path, bytes: job.bytes, withoutHashes: job.hashes === null }, { read, soon, inner });
  } catch (error) {
    said = unread({ ...failureOf(error, `The reader ${job.format.id}`), path: job.path, severity: 'error' });
  }
  // A format that swallows the signal has answered without its neighbour: its answer does not count.
  if (wanted.length > 0) return { wanted };
  release(job);
  return { result: checkedFor(job, said) };
}

/** What a file inside another says, by the format of its path. One that makes its reader fail says why, and the others are read. */
function innerReading({ format: outer, formats }: ReadingJob, file: InputFile, beside: Pick<Neighbours, 'read'>) {
  if (neighbourPath(file.path) !== file.path || !formats.some((each) => each.matchesPath(file.path))) return null;
  const format = detectFormat(formats, null, file.path, file.bytes);
  if (format === null || format.id === outer.id) return null;
  try {
    return { format, result: format.parse(file, { read: beside.read }) };
  } catch (error) {
    return { format, result: unread({ ...failureOf(error, `The reader ${format.id}`), path: file.path, severity: 'error' }) };
  }
}

/** The checked document of an SBOM, one that says nothing but why where its format fails; null when the format is of something else. */
export function documentOf({ format, path, bytes }: ReadingJob): SbomDocument | null {
  if (format.sbom === undefined) return null;
  try {
    return checkedSbom(format.sbom({ path, bytes }), path);
  } catch (error) {
    return emptySbom('other', [{ ...failureOf(error, `The reader ${format.id}`), path, severity: 'error' }]);
  }
}

const largeBytes = 16 * 1024 * 1024;

/** Lets go of the bytes: what was read of a large file is large enough without them, and its memory is needed before the collector would think of it. */
function release(job: ReadingJob): void {
  const isLarge = job.bytes.length > largeBytes;
  job.bytes = new Uint8Array();
  if (isLarge) globalThis.gc?.();
}

/** What was asked for of what a file says. */
function checkedFor({ hashes, path }: ReadingJob, said: ReadingResult): ReadingResult {
  if (hashes === null) return checkedResult(said, path);
  const rest = { edges: [], problems: said.problems };
  if (hashes !== 'all') return checkedResult({ packages: bearing(said, hashes), ...rest }, path);
  const hashed = said.packages.filter((each) => each.hashes !== undefined);
  return checkedResult({ packages: hashed, ...rest }, path, { ...resultLimits, hashes: 20 });
}

/** The packages that the file says have one of these hashes. */
function bearing({ packages }: ReadingResult, hashes: ReadonlySet<string>): readonly ReadPackage[] {
  return packages.filter(({ hashes: written = [] }) =>
    written.some((each) => {
      const read = readArtifactHash(each);
      return read !== null && hashes.has(artifactHashText(read));
    }),
  );
}

/** Why a parser threw, as the code and message of a problem. */
export function failureOf(error: unknown, who: string): { readonly code: string; readonly message: string } {
  const what = error instanceof Error ? error.message : String(error);
  if (/call stack/i.test(what)) return { code: 'too-deep', message: `${who} gave up: the file nests too deeply.` };
  if (/allocat|array length|string length|longer than/i.test(what))
    return { code: 'memory', message: `${who} gave up: the file needs more memory than a reader may have.` };
  return { code: 'reader-failed', message: `${who} failed on this file, which is a fault of ours; please report it with the file: ${quoted(what)}.` };
}
