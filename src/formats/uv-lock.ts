import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import type { ReadingResult, ReadPackage, Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { hashesOf } from './shared/hashes-of.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { normalisedPythonName } from './shared/pep508.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { reachableFrom } from './shared/reachable.ts';
import { takenFrom } from './shared/taken-from.ts';

/** uv's lockfile. */
export const uvLock: Format = {
  id: 'uv-lock',
  version: 2,
  title: 'uv lockfile',
  kind: 'lockfile',
  ecosystems: ['PyPI'],
  family: 'pypi',
  spec: 'https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile',
  reads: 'Locked packages and edges; directness and scope by walking from the workspace members, extras and dependency groups included.',
  cannotSee: 'Which environment markers hold where the project runs; licences.',
  matchesPath: (path) => /(?:^|\/)uv\.lock$/.test(path),
  parse: readUvLock,
};

/** A name is locked in two or three versions at most; a file with more may not make the work quadratic. */
const maxVersionsLinked = 10;

/** One `[[package]]` of the lockfile. `index` is null for the firm's own packages, which are no entries of the inventory. */
type Locked = {
  readonly name: string;
  readonly version: string | null;
  readonly index: number | null;
  /** The project that the lockfile lies beside. */
  readonly isProject: boolean;
  readonly runtime: readonly unknown[];
  readonly optional: readonly unknown[];
  readonly development: readonly unknown[];
};

function readUvLock(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readToml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return { packages: [], edges: [], problems: log.problems() };
  }
  const lock = asObject(read.value) ?? {};
  if (lock['version'] === undefined && lock['package'] === undefined) {
    log.error('not-this-format', 'The file has neither a version nor packages as uv.lock has.');
    return { packages: [], edges: [], problems: log.problems() };
  }
  if (lock['version'] !== 1) log.warning('unknown-version', 'The lockfile is not of version 1; what is known of its shape was read.');
  const list = packageList();
  const locked = addPackages(lock, list, log);
  return judged(locked, list, log);
}

function addPackages(lock: Readonly<Record<string, unknown>>, list: PackageList, log: ProblemLog): readonly Locked[] {
  const members = new Set(asArray(asObject(lock['manifest'])?.['members']).map((each) => normalisedPythonName(asString(each) ?? '')));
  const locked: Locked[] = [];
  for (const [at, entry] of asArray(lock['package']).entries()) {
    const fields = asObject(entry) ?? {};
    const name = asString(fields['name']);
    if (name === null || name === '') {
      log.error('unnamed-package', `Package ${String(at + 1)} of the lockfile has no name.`);
      continue;
    }
    const key = normalisedPythonName(name);
    const version = asString(fields['version']);
    const isOwn = isLocal(fields['source']) || members.has(key);
    const optional = Object.values(asObject(fields['optional-dependencies']) ?? {}).flatMap(asArray);
    if (!isOwn && version === null) log.warning('no-version', `The locked package ${quoted(name)} has no version.`);
    const pkg = {
      ecosystem: 'PyPI',
      name,
      version,
      purl: purlOf('PyPI', name, version),
      scope: 'runtime',
      direct: null,
      licences: [],
      ...supplyOf(fields),
    } as const;
    locked.push({
      name: key,
      version,
      index: isOwn ? null : list.add(`${key} ${version ?? ''}`, pkg),
      isProject: isProject(fields['source']),
      // uv writes down a third-party package's extras only when something asks for them.
      runtime: isOwn ? asArray(fields['dependencies']) : [...asArray(fields['dependencies']), ...optional],
      optional: isOwn ? optional : [],
      development: Object.values(asObject(fields['dev-dependencies']) ?? {}).flatMap(asArray),
    });
  }
  return locked;
}

/** Each archive has its hash; a commit proves itself. */
function supplyOf(fields: Readonly<Record<string, unknown>>): Pick<ReadPackage, 'registry' | 'hashed' | 'hashes'> {
  const source = asObject(fields['source']) ?? {};
  const archives = [fields['sdist'], ...asArray(fields['wheels'])].map(asObject).filter((each) => each !== null);
  const isHashed = source['git'] !== undefined || (archives.length > 0 && archives.every((each) => each['hash'] !== undefined));
  const hashes = hashesOf(archives.map((each) => each['hash']));
  return { ...takenFrom(asString(source['registry']) ?? asString(source['url']) ?? asString(source['git'])), hashed: isHashed, ...hashes };
}

/** Directories, editables, virtual projects and local archives are the firm's own; registries, Git and URLs are not. */
function isLocal(source: unknown): boolean {
  const fields = asObject(source) ?? {};
  return ['virtual', 'editable', 'directory', 'path'].some((kind) => fields[kind] !== undefined);
}

function isProject(source: unknown): boolean {
  const fields = asObject(source) ?? {};
  return fields['virtual'] === '.' || fields['editable'] === '.';
}

function judged(locked: readonly Locked[], list: PackageList, log: ProblemLog): ReadingResult {
  const byName = Map.groupBy(locked, ({ name }) => name);
  const targetsOf = (dependencies: readonly unknown[]): readonly number[] =>
    dependencies.flatMap((each) => targetsOfDependency(each, byName)).flatMap(({ index }) => (index === null ? [] : [index]));
  for (const { index, runtime } of locked) {
    if (index === null) continue;
    for (const target of targetsOf(runtime)) list.link(index, target);
  }
  const roots = locked.filter(({ index }) => index === null);
  const project = roots.find(({ isProject }) => isProject);
  if (project === undefined) return { packages: list.packages(), edges: list.edges(), problems: log.problems() };

  const asked = {
    runtime: targetsOf(roots.flatMap(({ runtime }) => runtime)),
    optional: targetsOf(roots.flatMap(({ optional }) => optional)),
    development: targetsOf(roots.flatMap(({ development }) => development)),
  };
  const direct = new Set([...asked.runtime, ...asked.optional, ...asked.development]);
  const edges = list.edges();
  const reached: readonly (readonly [Scope, ReadonlySet<number>])[] = [
    ['runtime', reachableFrom(asked.runtime, edges)],
    ['optional', reachableFrom(asked.optional, edges)],
    ['development', reachableFrom(asked.development, edges)],
  ];
  const packages = list.packages().map((pkg, index) => {
    const scope = reached.find(([, indexes]) => indexes.has(index))?.[0] ?? pkg.scope;
    return { ...pkg, scope, direct: direct.has(index) };
  });
  return { packages, edges, problems: log.problems(), subject: { name: project.name, version: project.version, purl: null } };
}

/** uv adds the version to a dependency only where a name is locked more than once. */
function targetsOfDependency(dependency: unknown, byName: ReadonlyMap<string, readonly Locked[]>): readonly Locked[] {
  const fields = asObject(dependency) ?? {};
  const named = byName.get(normalisedPythonName(asString(fields['name']) ?? '')) ?? [];
  const version = asString(fields['version']);
  const exact = version === null ? [] : named.filter((each) => each.version === version);
  return (exact.length > 0 ? exact : named).slice(0, maxVersionsLinked);
}
