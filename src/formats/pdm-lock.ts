import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { packageList, strongerScope } from './shared/package-list.ts';
import { pathBeside } from './shared/path-beside.ts';
import { normalisedPythonName, readRequirement } from './shared/pep508.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { pyprojectDependencies, type PyprojectDependencies } from './shared/pyproject.ts';

/** PDM's lockfile. */
export const pdmLock: Format = {
  id: 'pdm-lock',
  version: 1,
  title: 'PDM lockfile',
  kind: 'lockfile',
  ecosystems: ['PyPI'],
  family: 'pypi',
  spec: 'https://pdm-project.org/en/latest/usage/lockfile/',
  reads: 'Locked packages and edges; scope from the groups they are locked for; what is asked for directly from the pyproject.toml beside it.',
  cannotSee: 'Which environment markers hold where the project runs; licences.',
  matchesPath: (path) => /(?:^|\/)pdm(?:\.[^./]+)?\.lock$/.test(path),
  parse: readPdmLock,
};

/** A name is locked once for each environment; a file with many of one name may not make the work quadratic. */
const maxVersionsLinked = 10;

function readPdmLock(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const read = readToml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const lock = asObject(read.value) ?? {};
  if (lock['metadata'] === undefined && lock['package'] === undefined && Object.keys(lock).length > 0) {
    log.error('not-this-format', 'The file is TOML, but has neither metadata nor packages as pdm.lock has.');
    return unread(...log.problems());
  }
  const project = projectBeside(file.path, neighbours, log);
  const list = packageList();
  const locked: { readonly key: string; readonly index: number; readonly needs: readonly unknown[] }[] = [];
  for (const [at, entry] of asArray(lock['package']).entries()) {
    const fields = asObject(entry) ?? {};
    const name = asString(fields['name']);
    if (name === null || name === '') {
      log.error('unnamed-package', `Package ${String(at + 1)} of the lockfile has no name.`);
      continue;
    }
    if (fields['path'] !== undefined) continue; // the firm's own
    const version = asString(fields['version']);
    if (version === null) log.warning('no-version', `The locked package ${quoted(name)} has no version.`);
    const key = normalisedPythonName(name);
    // A package with extras is locked once more for each set of them.
    const index = list.add(`${key} ${version ?? ''}`, {
      ecosystem: 'PyPI',
      name,
      version,
      purl: purlOf('PyPI', name, version),
      scope: scopeOf(asArray(fields['groups']), project),
      direct: project === null ? null : isNamed(project, key),
      licences: [],
    });
    locked.push({ key, index, needs: asArray(fields['dependencies']) });
  }
  const byName = Map.groupBy(locked, ({ key }) => key);
  for (const { index, needs } of locked) {
    for (const need of needs) {
      const key = normalisedPythonName(readRequirement(asString(need) ?? '')?.name ?? '');
      for (const each of (byName.get(key) ?? []).slice(0, maxVersionsLinked)) list.link(index, each.index);
    }
  }
  const subject = project?.dependencies.subject ?? null;
  return { packages: list.packages(), edges: list.edges(), problems: log.problems(), ...(subject === null ? {} : { subject }) };
}

/** The project beside the lockfile: what it asks for, and the names of its groups that are not optional features but for its developers. */
type Project = { readonly dependencies: PyprojectDependencies; readonly older: ReadonlySet<string>; readonly features: ReadonlySet<string> };

function projectBeside(path: string, neighbours: Neighbours, log: ProblemLog): Project | null {
  const beside = pathBeside(path, 'pyproject.toml') ?? 'pyproject.toml';
  const bytes = neighbours.read(beside);
  if (bytes === null) return null;
  const read = readToml(bytes);
  if (!read.ok) {
    log.unreadable(read.error, { path: beside });
    return null;
  }
  const root = asObject(read.value) ?? {};
  const groups = asObject(asObject(asObject(root['tool'])?.['pdm'])?.['dev-dependencies']) ?? {};
  const older = Object.values(groups).flatMap((list) => asArray(list).flatMap((each) => readRequirement(asString(each) ?? '')?.name ?? []));
  const features = Object.keys(asObject(asObject(root['project'])?.['optional-dependencies']) ?? {});
  return { dependencies: pyprojectDependencies(root), older: new Set(older.map(normalisedPythonName)), features: new Set(features) };
}

function isNamed({ dependencies, older }: Project, key: string): boolean {
  return dependencies.runtime.has(key) || dependencies.optional.has(key) || dependencies.development.has(key) || older.has(key);
}

/** Older lockfiles name no groups: then a package is taken for one that matters. */
function scopeOf(groups: readonly unknown[], project: Project | null): Scope {
  const scopes = groups.flatMap((each): readonly Scope[] => {
    const group = asString(each);
    if (group === null) return [];
    return [group === 'default' ? 'runtime' : project?.features.has(group) === true ? 'optional' : 'development'];
  });
  return scopes.length === 0 ? 'runtime' : scopes.reduce(strongerScope);
}
