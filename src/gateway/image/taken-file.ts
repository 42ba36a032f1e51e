import { inflateSync, zstdCompressSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Format } from '#model/format.ts';
import { quoted, type Problem } from '#model/problem.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { elfSection } from '#language/readers/elf-section.ts';
import { goBuildInfoAt, readGoBuildInfo } from '#language/readers/go-build-info.ts';
import { inflatedEntry, zipEntryName } from '../archive/zip.ts';

/** What is taken of one file of an image: its text or bytes (zstd, base64), or what a program or a Java archive says of itself. */
export type TakenFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly zstd: string }
  | { readonly kind: 'program'; readonly go?: { readonly version: string; readonly modules: string }; readonly rust?: string }
  | { readonly kind: 'archive'; readonly archives: readonly JavaArchive[] };

/** A Java archive, or one inside it (`at` empty for the outer one): its manifest and the properties that Maven leaves. */
export type JavaArchive = { readonly at: string; readonly manifest: string | null; readonly properties: readonly string[] };

/** The most that is taken. */
export const takenLimits = {
  textBytes: 16 * 1024 * 1024,
  databaseBytes: 192 * 1024 * 1024,
  programBytes: 64 * 1024 * 1024,
  archiveBytes: 128 * 1024 * 1024,
  archivesInside: 2_000,
  unpackedBytes: 1024 ** 3,
  archiveDepth: 3,
};

/** How a file is taken; null for one that says nothing of what is installed. */
export type Taking = 'text' | 'database' | 'archive' | 'program' | null;

/** Files that formats ask for beside their own. */
const beside =
  /^(?:.*\/)?(?:(?:etc|usr\/lib)\/os-release|etc\/apk\/world|var\/db\/pkg\/[^/]+\/[^/]+\/(?:CATEGORY|LICENSE)|rpm\/rpmdb\.sqlite-wal|go\.mod|go\.sum)$/;
/** Folders of material that came with a package and is no list of what is installed. */
const material =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|testdata|fixtures|examples?|tests?|go\/pkg\/mod|\.cargo\/registry|usr\/share\/doc)\//;
const javaArchive = /\.(?:jar|war|ear|par|sar|jpi|hpi)$/i;

/** How a file of this path is taken: what formats read that say what is installed, lockfiles and SBOMs outside other packages, Java archives and programs. */
export function takingOf(path: string, isExecutable: boolean, formats: readonly Format[]): Taking {
  if (/(?:^|\/)rpm\/(?:Packages(?:\.db)?|rpmdb\.sqlite)$/.test(path)) return 'database';
  if (beside.test(path)) return 'text';
  const format = formats.find((each) => each.matchesPath(path));
  const isList = format?.isInstalled === true || ((format?.kind === 'lockfile' || format?.kind === 'sbom') && !material.test(path));
  if (isList) return 'text';
  if (javaArchive.test(path)) return 'archive';
  return isExecutable ? 'program' : null;
}

type Taken = { readonly file: TakenFile | null; readonly problem: Problem | null };
const nothing: Taken = { file: null, problem: null };

/** Takes a file as its bytes come, all of it or as much as is needed; what is refused is said. */
export async function takenFile(path: string, size: number, taking: Exclude<Taking, null>, bytes: AsyncIterable<Uint8Array>): Promise<Taken> {
  const refused = (code: string, why: string): Taken => ({
    file: null,
    problem: { code, message: `${quoted(path)} ${why}; what it says is missing.`, path, severity: 'error' },
  });
  const whole = async (limit: number): Promise<Uint8Array | null> => (size > limit ? null : Buffer.concat(await Array.fromAsync(bytes)));
  if (taking === 'program') return programIn(size, bytes);
  const limit = { text: takenLimits.textBytes, database: takenLimits.databaseBytes, archive: takenLimits.archiveBytes }[taking];
  const content = await whole(limit);
  if (content === null) return refused('too-large', `has ${String(size)} bytes; the limit is ${String(limit)}`);
  if (taking === 'archive') return archivesIn(path, content);
  const text = taking === 'text' ? decodeText(content) : null;
  if (text?.ok === true) return { file: { kind: 'text', text: shortened(path, text.value) }, problem: null };
  return { file: { kind: 'bytes', zstd: zstdCompressSync(content).toString('base64') }, problem: null };
}

/** Of Python's metadata the fields; the description after them may be long. */
function shortened(path: string, text: string): string {
  if (!/\.(?:dist|egg)-info(?:\/[^/]+)?$/.test(path)) return text;
  return text.split(/\r?\n[ \t]*\r?\n/, 1)[0] ?? text;
}

/** What stands in a program: the modules that Go built in, the crates that `cargo auditable` noted. Programs of any size are looked through in pieces. */
async function programIn(size: number, bytes: AsyncIterable<Uint8Array>): Promise<Taken> {
  const parts: Uint8Array[] | null = size <= takenLimits.programBytes ? [] : null;
  let isFirst = true;
  let tail: Uint8Array = new Uint8Array(0);
  let go: { version: string; modules: string } | undefined;
  let goParts: Uint8Array | null = null;
  for await (const chunk of bytes) {
    if (isFirst && !isProgram(chunk)) return nothing;
    isFirst = false;
    parts?.push(chunk.slice());
    if (go !== undefined) continue;
    if (goParts === null) {
      const joined: Buffer = Buffer.concat([tail, chunk]);
      const at = goBuildInfoAt(joined);
      if (at !== -1) goParts = joined.subarray(at);
      tail = new Uint8Array(joined.subarray(-32));
    } else {
      goParts = Buffer.concat([goParts, chunk]);
    }
    while (goParts !== null && goParts.length >= goBytes) ({ go, rest: goParts } = goFrom(goParts));
  }
  while (go === undefined && goParts !== null) ({ go, rest: goParts } = goFrom(goParts));
  const rust = parts === null ? undefined : rustIn(Buffer.concat(parts));
  if (go === undefined && rust === undefined) return nothing;
  return { file: { kind: 'program', ...(go === undefined ? {} : { go }), ...(rust === undefined ? {} : { rust }) }, problem: null };
}

/** As much as build info may have. */
const goBytes = 4 * 1024 * 1024 + 256;

/** The build info at the beginning; else the bytes from where the next may begin. */
function goFrom(bytes: Uint8Array): { readonly go: { version: string; modules: string } | undefined; readonly rest: Uint8Array | null } {
  const read = readGoBuildInfo(bytes);
  if (read !== null) return { go: { version: read.go, modules: read.modules }, rest: null };
  const next = goBuildInfoAt(bytes, 1);
  return { go: undefined, rest: next === -1 ? null : bytes.subarray(next) };
}

/** ELF, PE or Mach-O, by its first bytes. */
function isProgram(head: Uint8Array): boolean {
  const sign = Buffer.from(head.subarray(0, 4)).toString('hex');
  return sign === '7f454c46' || sign.startsWith('4d5a') || ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'].includes(sign);
}

/** https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md */
function rustIn(bytes: Uint8Array): string | undefined {
  const section = elfSection(bytes, '.dep-v0');
  if (section === null) return undefined;
  try {
    return inflateSync(section, { maxOutputLength: 8 * 1024 * 1024 }).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The manifest of an archive, and what Maven leaves in it of each module. */
const said = /^META-INF\/MANIFEST\.MF$|^(?:.*\/)?META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/;

/** What a Java archive and those inside it say of themselves. */
async function archivesIn(path: string, bytes: Uint8Array): Promise<Taken> {
  const archives: JavaArchive[] = [];
  let problem: Problem | null = null;
  const refuse = (code: string, message: string): void => {
    problem ??= { code, message, path, severity: 'error' };
  };
  let unpacked = 0;
  const read = async (content: Uint8Array, at: string, depth: number): Promise<void> => {
    if (depth > takenLimits.archiveDepth || archives.length >= takenLimits.archivesInside || unpacked > takenLimits.unpackedBytes) {
      refuse('too-many-entries', `${quoted(path)} holds more archives, or more deeply, than are read; the rest is missing.`);
      return;
    }
    const properties: string[] = [];
    const index = archives.push({ at, manifest: null, properties }) - 1;
    const zip = await fromBufferPromise(Buffer.from(content.buffer, content.byteOffset, content.byteLength), {
      lazyEntries: true,
      decodeStrings: false,
    });
    for await (const entry of zip.eachEntry()) {
      const name = zipEntryName(entry);
      const isInner = javaArchive.test(name);
      if (!isInner && !said.test(name)) continue;
      const limits = { entryBytes: isInner ? takenLimits.archiveBytes / 2 : 1024 * 1024, ratio: 100, ratioAfterBytes: 1024 * 1024 };
      const inflated = await inflatedEntry(zip, entry, name, limits);
      if ('problem' in inflated) {
        refuse(inflated.problem.code, `${quoted(path)}: ${inflated.problem.message}`);
        continue;
      }
      unpacked += inflated.bytes.length;
      const text = Buffer.from(inflated.bytes).toString('utf8');
      if (isInner) await read(inflated.bytes, at === '' ? name : `${at}!/${name}`, depth + 1);
      else if (name.endsWith('.MF')) archives[index] = { at, manifest: text.slice(0, 20_000), properties };
      else properties.push(text.slice(0, 5_000));
    }
  };
  try {
    await read(bytes, '', 0);
  } catch (error) {
    refuse('broken-archive', `${quoted(path)} is no archive that can be read: ${quoted(String(error))}; what it holds is missing.`);
  }
  return { file: { kind: 'archive', archives }, problem };
}
