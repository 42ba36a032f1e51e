import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { pathBeside } from './shared/path-beside.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Composer's lockfile. */
export const composerLock: Format = {
  id: 'composer-lock',
  version: 1,
  title: 'Composer lockfile',
  kind: 'lockfile',
  ecosystems: ['Packagist'],
  family: 'composer',
  spec: 'https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control',
  reads: 'Locked packages with scope, licences and edges; what is asked for directly from the composer.json beside it.',
  cannotSee: 'PHP itself and its extensions.',
  matchesPath: (path) => /(?:^|\/)composer\.lock$/.test(path),
  parse: readComposerLock,
};

type Locked = { readonly name: string; readonly index: number; readonly requires: readonly string[] };

function readComposerLock(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const lock = asObject(read.value);
  if (lock === null || (!Array.isArray(lock['packages']) && !Array.isArray(lock['packages-dev']))) {
    log.error('not-this-format', 'The file is JSON, but has no list of packages as composer.lock has.');
    return unread(...log.problems());
  }
  const asked = namesInManifest(file.path, neighbours, log);
  const list = packageList();
  const locked = [
    ...addPackages(lock['packages'], 'runtime', asked, list, log),
    ...addPackages(lock['packages-dev'], 'development', asked, list, log),
  ];
  const indexes = new Map(locked.map(({ name, index }) => [name, index]));
  for (const { index, requires } of locked) {
    for (const required of requires) {
      const target = indexes.get(required.toLowerCase());
      if (target !== undefined) list.link(index, target);
    }
  }
  return { packages: list.packages(), edges: list.edges(), problems: log.problems() };
}

function addPackages(entries: unknown, scope: Scope, asked: ReadonlySet<string> | null, list: PackageList, log: ProblemLog): readonly Locked[] {
  const locked: Locked[] = [];
  for (const entry of asArray(entries)) {
    const fields = asObject(entry) ?? {};
    const name = asString(fields['name']);
    if (name === null || name === '') {
      log.error('unnamed-package', 'A package of the lockfile has no name.');
      continue;
    }
    if (asObject(fields['dist'])?.['type'] === 'path') continue; // the firm's own
    const version = asString(fields['version']);
    if (version === null) log.warning('no-version', `The locked package ${quoted(name)} has no version.`);
    const key = name.toLowerCase();
    const licences = asArray(fields['license']).flatMap((each) => asString(each) ?? []);
    const direct = asked?.has(key) ?? null;
    const index = list.add(`${key} ${version ?? ''}`, {
      ecosystem: 'Packagist',
      name,
      version,
      purl: purlOf('Packagist', name, version),
      scope,
      direct,
      licences,
    });
    locked.push({ name: key, index, requires: Object.keys(asObject(fields['require']) ?? {}) });
  }
  return locked;
}

/** Names that composer.json asks for, in lower case; null when there is none to read. */
function namesInManifest(path: string, neighbours: Neighbours, log: ProblemLog): ReadonlySet<string> | null {
  const beside = pathBeside(path, 'composer.json') ?? 'composer.json';
  const bytes = neighbours.read(beside);
  if (bytes === null) return null;
  const read = readJson(bytes);
  if (!read.ok) {
    log.unreadable(read.error, { path: beside });
    return null;
  }
  const manifest = asObject(read.value) ?? {};
  return new Set(['require', 'require-dev'].flatMap((key) => Object.keys(asObject(manifest[key]) ?? {})).map((name) => name.toLowerCase()));
}
