import { zstdDecompressSync } from 'node:zlib';
import type { Format, InputFile, Neighbours } from '#model/format.ts';
import type { FoundAt, ImageFacts } from '#model/image.ts';
import type { Problem } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { javaModules } from './shared/java-archive.ts';
import { joinedReadings, type JoinedReadings } from './shared/joined-readings.ts';
import { ownPurl } from './shared/own-purl.ts';
import { problemLog } from './shared/problem-log.ts';
import { goModules, rustCrates } from './shared/program-modules.ts';

/** What was taken out of a container image, or out of the root file system of a machine. */
export const imageContents: Format = {
  id: 'image-contents',
  version: 1,
  title: 'Contents of an image',
  kind: 'sbom',
  ecosystems: [],
  family: null,
  spec: 'https://github.com/opencontainers/image-spec',
  reads:
    'What `scan` and `image contents` take out of an OCI layout, a `docker save` archive or a root file system: packages of the distribution, installed packages of npm, Python, conda and .NET, modules in Java archives and in programs of Go, crates that `cargo auditable` noted, SBOMs, and lockfiles whose packages are not installed there; where each was found and which layer brought it.',
  cannotSee:
    'What a bundler or compiler put into a file without saying so, what no package brought, Java archives that say no group (listed by name), Go before 1.18, and licences of Debian, which stand in files of their own.',
  matchesPath: (path) => /\.image-contents\.json$/.test(path),
  matchesContent: (head) => /"guildhallImage"\s*:\s*\d/.test(head) && head.trimStart().startsWith('{'),
  parse: readContents,
};

type Json = Readonly<Record<string, unknown>>;

/** One file of the image, its bytes unpacked when they are asked for. */
type Held = { readonly path: string; readonly at: FoundAt; readonly file: Json };

function readContents(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path, 1_000);
  const document = readJson(file.bytes);
  if (!document.ok) {
    log.unreadable(document.error);
    return unread(...log.problems());
  }
  const root = asObject(document.value);
  const written = asObject(root?.['image']);
  if (root?.['guildhallImage'] !== 1 || written === null) {
    log.error('not-this-format', 'The file is no document of what was taken out of an image, or of a newer version of Guildhall.');
    return unread(...log.problems());
  }
  const image = factsOf(written);
  const held = asArray(root['files']).flatMap((each) => heldFile(asObject(each), image.layers));
  const joined = joinedReadings();
  const problems: Problem[] = [...log.problems(), ...asArray(root['problems']).flatMap(problemOf)];
  readInner(held, neighbours, joined, problems);
  const createdAt = asString(root['createdAt']);
  return { ...joined.result(), problems, image, ...subjectOf(image), ...(createdAt === null ? {} : { createdAt }) };
}

/** What is installed and built in first, then lockfiles and SBOMs: a lockfile counts where nothing of its ecosystem is installed. */
function readInner(held: readonly Held[], neighbours: Neighbours, joined: JoinedReadings, problems: Problem[]): void {
  const bytes = new Map(held.map((each) => [each.path, each.file]));
  const read = (path: string): Uint8Array | null => {
    const found = bytes.get(path);
    return found === undefined ? null : contentOf(found);
  };
  const installed = new Map<string, string[]>();
  const add = (reading: Pick<ReadingResult, 'packages' | 'edges'>, at: FoundAt): void => {
    for (const { ecosystem } of reading.packages) {
      if (ecosystem === null) continue;
      const places = installed.get(ecosystem);
      if (places === undefined) installed.set(ecosystem, [at.path]);
      else if (ecosystem === 'npm') places.push(at.path);
    }
    joined.add(reading, at);
  };
  const lists: { readonly reading: ReadingResult; readonly at: FoundAt; readonly isLockfile: boolean }[] = [];
  for (const { path, at, file } of held) {
    if (file['kind'] === 'program') addProgram(file, at, add);
    if (file['kind'] === 'archive') addArchives(file, at, add);
    const content = contentOf(file);
    const inner = content === null ? null : (neighbours.inner?.({ path, bytes: content }, { read }) ?? null);
    if (inner === null) continue;
    const { format, result } = inner;
    if (format.isInstalled === true) {
      add(result, at);
      problems.push(...result.problems.map((problem) => ({ ...problem, path })));
    } else if (format.kind === 'lockfile' || format.kind === 'sbom') {
      lists.push({ reading: result, at, isLockfile: format.kind === 'lockfile' });
    }
  }
  for (const { reading, at, isLockfile } of lists) {
    if (isLockfile && reading.packages.some(({ ecosystem }) => ecosystem !== null && isInstalled(installed, ecosystem, at.path))) continue;
    joined.add(reading, at);
    problems.push(...reading.problems.map((problem) => ({ ...problem, path: at.path })));
  }
}

/** npm installs beside the lockfile, and its own packages lie elsewhere; others install in one place for all. */
function isInstalled(installed: ReadonlyMap<string, readonly string[]>, ecosystem: string, lockfile: string): boolean {
  const places = installed.get(ecosystem) ?? [];
  const folder = lockfile.slice(0, lockfile.lastIndexOf('/') + 1);
  return ecosystem === 'npm' ? places.some((place) => place.startsWith(`${folder}node_modules/`)) : places.length > 0;
}

type Add = (reading: Pick<ReadingResult, 'packages' | 'edges'>, at: FoundAt) => void;

function addProgram(file: Json, at: FoundAt, add: Add): void {
  const go = asObject(file['go']);
  if (go !== null) add(goModules(asString(go['version']) ?? '', asString(go['modules']) ?? ''), at);
  const rust = rustCrates(asString(file['rust']) ?? '');
  if (rust !== null) add(rust, at);
}

function addArchives(file: Json, at: FoundAt, add: Add): void {
  for (const each of asArray(file['archives'])) {
    const archive = asObject(each);
    const inside = asString(archive?.['at']) ?? '';
    const path = inside === '' ? at.path : `${at.path}!/${inside}`;
    const properties = asArray(archive?.['properties']).filter((text) => typeof text === 'string');
    add({ packages: javaModules(path, asString(archive?.['manifest']), properties), edges: [] }, { ...at, path });
  }
}

const mostUnpacked = 256 * 1024 * 1024;

/** The bytes of a file that was taken whole; null for others, and where they are damaged. */
function contentOf(file: Json): Uint8Array | null {
  if (file['kind'] === 'text') return new TextEncoder().encode(asString(file['text']) ?? '');
  if (file['kind'] !== 'bytes') return null;
  try {
    return zstdDecompressSync(Buffer.from(asString(file['zstd']) ?? '', 'base64'), { maxOutputLength: mostUnpacked });
  } catch {
    return new Uint8Array();
  }
}

function heldFile(file: Json | null, layers: readonly string[]): readonly Held[] {
  const path = asString(file?.['path']);
  if (file === null || path === null) return [];
  const layer = file['layer'];
  return [{ path, at: { path, layer: typeof layer === 'number' ? (layers[layer] ?? null) : null }, file }];
}

function factsOf(image: Json): ImageFacts {
  const texts = (value: unknown): readonly string[] => asArray(value).filter((each) => typeof each === 'string');
  const base = asObject(image['base']);
  return {
    name: asString(image['name']),
    digest: asString(image['digest']),
    platform: asString(image['platform']),
    platforms: texts(image['platforms']),
    base: base === null ? null : { name: asString(base['name']), digest: asString(base['digest']) },
    layers: texts(image['layers']),
  };
}

function problemOf(value: unknown): readonly Problem[] {
  const said = asObject(value);
  const [code, message, path] = ['code', 'message', 'path'].map((key) => asString(said?.[key]));
  if (code == null || message == null) return [];
  return [{ code, message, ...(path == null ? {} : { path }), severity: said?.['severity'] === 'warning' ? 'warning' : 'error' }];
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
function subjectOf({ name, digest }: ImageFacts): Pick<ReadingResult, 'subject'> {
  if (name === null) return {};
  const repository = name.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  const purl = ownPurl('oci', repository.slice(repository.lastIndexOf('/') + 1), digest, { qualifiers: { repository_url: repository } });
  return { subject: { name: repository, version: digest, purl } };
}
