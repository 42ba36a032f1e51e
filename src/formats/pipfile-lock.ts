import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { hashesOf } from './shared/hashes-of.ts';
import { packageList } from './shared/package-list.ts';
import { pathBeside } from './shared/path-beside.ts';
import { normalisedPythonName, pinnedVersion } from './shared/pep508.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Pipenv's lockfile. */
export const pipfileLock: Format = {
  id: 'pipfile-lock',
  version: 2,
  title: 'Pipenv lockfile',
  kind: 'lockfile',
  ecosystems: ['PyPI'],
  family: 'pypi',
  spec: 'https://pipenv.pypa.io/en/latest/pipfile.html',
  reads: 'Locked packages of all categories; what is asked for directly from the Pipfile beside it.',
  cannotSee: 'Which package needs which, and what a package from Git is versioned as; licences.',
  matchesPath: (path) => /(?:^|\/)Pipfile\.lock$/.test(path),
  parse: readPipfileLock,
};

function readPipfileLock(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const lock = asObject(read.value);
  if (lock === null || (lock['_meta'] === undefined && lock['default'] === undefined)) {
    log.error('not-this-format', 'The file is JSON, but has neither `_meta` nor `default` as Pipfile.lock has.');
    return unread(...log.problems());
  }
  const asked = namesInPipfile(file.path, neighbours, log);
  const list = packageList();
  for (const [category, entries] of Object.entries(lock)) {
    if (category === '_meta') continue;
    const scope: Scope = category === 'default' ? 'runtime' : 'development';
    for (const [name, entry] of Object.entries(asObject(entries) ?? {})) {
      const fields = asObject(entry) ?? {};
      if (fields['path'] !== undefined || fields['file'] !== undefined) continue; // the firm's own
      const git = asString(fields['git']);
      const range = git === null ? (asString(fields['version']) ?? '') : `git+${git}@${asString(fields['ref']) ?? ''}`;
      const version = git === null ? pinnedVersion(range) : null;
      if (version === null && git === null) log.warning('no-version', `The locked package ${quoted(name)} has no version.`);
      const key = normalisedPythonName(name);
      const direct = asked?.has(key) ?? null;
      const unresolved = version === null && range !== '' ? { range } : {};
      list.add(`${key} ${version ?? range}`, {
        ecosystem: 'PyPI',
        name,
        version,
        ...unresolved,
        purl: purlOf('PyPI', name, version),
        scope,
        direct,
        licences: [],
        hashed: asArray(fields['hashes']).length > 0 || git !== null,
        ...hashesOf(asArray(fields['hashes'])),
      });
    }
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}

/** Normalised names in all categories of the Pipfile beside the lockfile; null when there is none to read. */
function namesInPipfile(path: string, neighbours: Neighbours, log: ProblemLog): ReadonlySet<string> | null {
  const beside = pathBeside(path, 'Pipfile') ?? 'Pipfile';
  const bytes = neighbours.read(beside);
  if (bytes === null) return null;
  const read = readToml(bytes);
  if (!read.ok) {
    log.unreadable(read.error, { path: beside });
    return null;
  }
  const tables = Object.entries(asObject(read.value) ?? {}).filter(([table]) => !['requires', 'scripts', 'pipenv', 'source'].includes(table));
  return new Set(tables.flatMap(([, table]) => Object.keys(asObject(table) ?? {}).map(normalisedPythonName)));
}
