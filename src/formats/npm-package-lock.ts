import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type ReadPackage, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asObject, asString, readJson } from '#language/readers/json.ts';
import { hashesOf } from './shared/hashes-of.ts';
import { neighbourManifest } from './shared/npm-manifest.ts';
import { isNpmName, isOwnSpec, npmSpec, withoutCredentials } from './shared/npm-spec.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { pathBeside } from './shared/path-beside.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { takenFrom } from './shared/taken-from.ts';

/** npm's lockfile in its three versions, also under the name npm-shrinkwrap.json. */
export const npmPackageLock: Format = {
  id: 'npm-package-lock',
  version: 2,
  title: 'package-lock.json and npm-shrinkwrap.json',
  kind: 'lockfile',
  ecosystems: ['npm'],
  family: 'npm',
  spec: 'https://docs.npmjs.com/cli/configuring-npm/package-lock-json',
  reads:
    'Versions 1 to 3: every installed package version with scope, licence and the edges that node would follow; bundled packages and aliases too.',
  cannotSee:
    'What a local folder or archive (`file:`) contains; the version of a git dependency in lockfile version 1; in version 1 what is direct, unless package.json is there.',
  matchesPath: (path) => /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(path),
  matchesContent: (head) => /^\s*\{/.test(head) && /"lockfileVersion"\s*:\s*\d/.test(head),
  parse: (file, neighbours) => parsePackageLock(file, neighbours),
};

type Json = Readonly<Record<string, unknown>>;

/** One place of the installed tree, known by its path: `node_modules/a/node_modules/b`, `packages/ui`, the empty path for the project. */
type Place = {
  readonly entry: Json;
  readonly isOwn: boolean;
  /** In the list of packages; null for the firm's own and for what was not readable. */
  readonly index: number | null;
};

function parsePackageLock(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const json = readJson(file.bytes);
  if (!json.ok) {
    log.unreadable(json.error);
    return unread(...log.problems());
  }
  const root = asObject(json.value);
  const packages = asObject(root?.['packages']);
  const tree = asObject(root?.['dependencies']);
  if (root === null || (packages === null && tree === null && root['lockfileVersion'] === undefined)) {
    log.error('not-package-lock', 'The file is JSON, but has none of the fields of an npm lockfile.');
    return unread(...log.problems());
  }
  const shrinkwrap = pathBeside(file.path, 'npm-shrinkwrap.json');
  if (file.path.endsWith('package-lock.json') && shrinkwrap !== null && neighbours.read(shrinkwrap) !== null) {
    log.warning('shadowed', 'npm ignores package-lock.json where npm-shrinkwrap.json lies beside it, and so do we. Remove one of them.');
    return unread(...log.problems());
  }
  checkShape(root, log);
  const list = packageList();
  const places = packages === null ? placesOfTree(tree ?? {}, list, log) : placesOfPackages(packages, list, log);
  const lookUp = lookUpIn(places);
  linkPlaces(places, lookUp, list);
  const direct = directIndexes(places, lookUp, packages === null ? namesInManifest(file, neighbours) : places.has('') ? [] : null);
  const found = list.packages().map((each, index) => ({ ...each, direct: direct === null ? null : direct.has(index) }));
  return { packages: found, edges: list.edges(), problems: log.problems(), ...subjectOf(root, packages) };
}

function checkShape(root: Json, log: ProblemLog): void {
  const version = root['lockfileVersion'];
  if (version !== undefined && version !== 1 && version !== 2 && version !== 3) {
    log.warning('lockfile-version-unknown', `The lockfile version ${quoted(JSON.stringify(version))} is not known; it was read like version 3 or 1.`);
  }
  for (const field of ['packages', 'dependencies']) {
    const value = root[field];
    if (value !== undefined && asObject(value) === null) log.error('bad-field', `The field "${field}" is not an object.`);
  }
}

function subjectOf(root: Json, packages: Json | null): Pick<ReadingResult, 'subject'> {
  const self = asObject(packages?.['']) ?? root;
  const name = asString(self['name']) ?? asString(root['name']);
  if (name === null) return {};
  const version = asString(self['version']) ?? asString(root['version']);
  return { subject: { name, version, purl: purlOf('npm', name, version) } };
}

const modules = 'node_modules/';

/** Longer paths are refused, since looking up a dependency walks the whole path. npm itself stays far below. */
const maxPathLength = 4096;

/** Versions 2 and 3: one flat table by path. */
function placesOfPackages(packages: Json, list: PackageList, log: ProblemLog): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const [path, value] of Object.entries(packages)) {
    const entry = asObject(value);
    if (entry === null || path.length > maxPathLength) {
      log.error('bad-entry', `The entry ${quoted(path)} is not an object, or its path is too long.`);
      continue;
    }
    const at = path.lastIndexOf(modules);
    const isInstalled = at === 0 || (at > 0 && path.charCodeAt(at - 1) === 0x2f);
    const isOwn = !isInstalled || entry['link'] === true || (asString(entry['resolved']) ?? '').startsWith('file:');
    const name = asString(entry['name']) ?? path.slice(at + modules.length);
    places.set(path, { entry, isOwn, index: isOwn ? null : added(name, entry, asString(entry['resolved']), list, log) });
  }
  return places;
}

/** Version 1: a tree of folders, brought into the same form. The reader bounds its depth. */
function placesOfTree(tree: Json, list: PackageList, log: ProblemLog): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const walk = (folder: string, dependencies: Json): void => {
    for (const [name, value] of Object.entries(dependencies)) {
      const path = `${folder}${modules}${name}`;
      const entry = asObject(value);
      if (entry === null || path.length > maxPathLength) {
        log.error('bad-entry', `The entry ${quoted(path)} is not an object, or its path is too long.`);
        continue;
      }
      places.set(path, placeOfTreeEntry(name, entry, list, log));
      walk(`${path}/`, asObject(entry['dependencies']) ?? {});
    }
  };
  walk('', tree);
  return places;
}

function placeOfTreeEntry(name: string, entry: Json, list: PackageList, log: ProblemLog): Place {
  const written = asString(entry['version']) ?? '';
  // In version 1 `dependencies` are folders below; `requires` are what it asks for.
  const needs: Json = { dependencies: asObject(entry['requires']) ?? {} };
  if (isOwnSpec(written)) return { entry: needs, isOwn: true, index: null };
  const spec = npmSpec(name, written);
  if (spec.kind === 'registry' && written !== '') {
    return { entry: needs, isOwn: false, index: added(spec.name, { ...entry, version: spec.range }, null, list, log) };
  }
  const { version: _version, ...unversioned } = entry;
  return { entry: needs, isOwn: false, index: added(name, unversioned, written === '' ? asString(entry['resolved']) : written, list, log) };
}

function added(name: string, entry: Json, resolved: string | null, list: PackageList, log: ProblemLog): number | null {
  const version = asString(entry['version']);
  const range = version === null || version === '' ? withoutCredentials(resolved ?? '') : '';
  if (!isNpmName(name) || (range === '' && (version === null || version === ''))) {
    log.error('bad-package', `The entry for ${quoted(name)} names no package with a version or an origin.`);
    return null;
  }
  const known = range === '' ? version : null;
  return list.add(`${name}\0${known ?? ''}\0${range}`, {
    ecosystem: 'npm',
    name,
    version: known,
    ...(known === null ? { range } : {}),
    purl: purlOf('npm', name, known),
    scope: scopeOf(entry),
    direct: null,
    licences: licencesOf(entry['license']),
    ...supplyOf(entry),
  });
}

/** A bundled package comes with another one and is proved by its hash. */
function supplyOf(entry: Json): Pick<ReadPackage, 'registry' | 'hashed' | 'hashes'> {
  if (entry['inBundle'] === true || entry['bundled'] === true) return {};
  const integrity = asString(entry['integrity']);
  return { ...takenFrom(asString(entry['resolved'])), hashed: integrity !== null, ...hashesOf([integrity]) };
}

/** `devOptional` is installed wherever optional packages are, so it counts as optional. */
function scopeOf(entry: Json): Scope {
  if (entry['dev'] === true) return 'development';
  if (entry['optional'] === true || entry['devOptional'] === true) return 'optional';
  return entry['peer'] === true ? 'peer' : 'runtime';
}

function licencesOf(value: unknown): readonly string[] {
  const licence = asString(value) ?? asString(asObject(value)?.['type']);
  return licence === null || licence === '' ? [] : [licence];
}

function linkPlaces(places: ReadonlyMap<string, Place>, lookUp: LookUp, list: PackageList): void {
  for (const [path, place] of places) {
    if (place.index === null) continue;
    for (const name of needsOf(place)) {
      const target = lookUp(path, name);
      if (target?.index !== undefined && target.index !== null) list.link(place.index, target.index);
    }
  }
}

const fieldsOfNeeds = ['dependencies', 'optionalDependencies', 'peerDependencies'];

function needsOf({ entry, isOwn }: Place): readonly string[] {
  const needs: string[] = [];
  for (const field of isOwn ? [...fieldsOfNeeds, 'devDependencies'] : fieldsOfNeeds) {
    const table = asObject(entry[field]);
    if (table !== null) for (const name of Object.keys(table)) needs.push(name);
  }
  return needs;
}

/** What the project and its workspaces ask for by themselves; null when the file and its package.json leave it open. */
function directIndexes(places: ReadonlyMap<string, Place>, lookUp: LookUp, named: readonly string[] | null): ReadonlySet<number> | null {
  if (named === null) return null;
  const direct = new Set<number>();
  const mark = (from: string, name: string): void => {
    const index = lookUp(from, name)?.index ?? null;
    if (index !== null) direct.add(index);
  };
  for (const name of named) mark('', name);
  for (const [path, place] of places) {
    if (!place.isOwn) continue;
    for (const name of needsOf(place)) mark(path, name);
  }
  return direct;
}

function namesInManifest(file: InputFile, neighbours: Neighbours): readonly string[] | null {
  const path = pathBeside(file.path, 'package.json');
  const manifest = path === null ? null : neighbourManifest(neighbours, path);
  return manifest === null ? null : manifest.dependencies.map((each) => each.name);
}

type LookUp = (from: string, name: string) => Place | undefined;

/** Node's way: the nearest `node_modules` above, from the package's own folder up to the project's. https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function lookUpIn(places: ReadonlyMap<string, Place>): LookUp {
  const lone = lonePlaces(places);
  return (from, name) => {
    const only = lone.get(name);
    if (only !== undefined) return only;
    for (let folder: string | null = from; folder !== null; folder = folderAbove(folder)) {
      const found = places.get(folder === '' ? modules + name : `${folder}/${modules}${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** What is installed once, at the top, by name: every search for it ends there, so none is needed. These are most. */
function lonePlaces(places: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const lone = new Map<string, Place>();
  const nested = new Set<string>();
  for (const [path, place] of places) {
    const at = path.lastIndexOf(modules);
    const name = path.slice(at + modules.length);
    if (at === 0) lone.set(name, place);
    else if (at > 0) nested.add(name);
  }
  for (const name of nested) lone.delete(name);
  return lone;
}

/** The next folder in which node looks; null above the project. */
function folderAbove(folder: string): string | null {
  if (folder === '') return null;
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  if (above === 'node_modules') return '';
  return above.endsWith('/node_modules') ? above.slice(0, -'/node_modules'.length) : above;
}
