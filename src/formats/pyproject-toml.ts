import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { normalisedPythonName, packageOfArchive, pinnedVersion, readRequirement } from './shared/pep508.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { pyprojectDependencies } from './shared/pyproject.ts';
import { withoutUser } from './shared/without-user.ts';

/** Python's project file: what it asks for in the standard's tables and in Poetry's. */
export const pyprojectToml: Format = {
  id: 'pyproject-toml',
  version: 1,
  title: 'Python project (pyproject.toml)',
  kind: 'manifest',
  ecosystems: ['PyPI'],
  family: 'pypi',
  spec: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/',
  reads: 'Dependencies, extras and dependency groups, and the tables of Poetry; versions where they are pinned.',
  cannotSee: 'What ranges resolve to, transitive dependencies, the build system, dependencies that a build computes (`dynamic`).',
  matchesPath: (path) => /(?:^|\/)pyproject\.toml$/.test(path),
  parse: readPyprojectToml,
};

type Reading = { readonly list: PackageList; readonly log: ProblemLog };

function readPyprojectToml(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readToml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const reading: Reading = { list: packageList(), log };
  const root = asObject(read.value) ?? {};
  const project = asObject(root['project']) ?? {};
  addRequirements(project['dependencies'], 'runtime', reading);
  for (const extra of Object.values(asObject(project['optional-dependencies']) ?? {})) addRequirements(extra, 'optional', reading);
  for (const group of Object.values(asObject(root['dependency-groups']) ?? {})) addRequirements(group, 'development', reading);
  addPoetry(asObject(asObject(root['tool'])?.['poetry']) ?? {}, reading);
  const dynamic = asArray(project['dynamic']).includes('dependencies');
  if (dynamic)
    log.warning('dynamic-dependencies', 'The project computes its dependencies when it is built, so they are unknown here. Commit a lockfile.');
  const { subject } = pyprojectDependencies(root);
  return { packages: reading.list.packages(), edges: [], problems: log.problems(), ...(subject === null ? {} : { subject }) };
}

function addRequirements(list: unknown, scope: Scope, reading: Reading): void {
  for (const entry of asArray(list)) {
    const text = asString(entry);
    if (text === null) continue; // a group that includes another, which is read itself
    const requirement = readRequirement(text);
    if (requirement === null) {
      reading.log.error('not-a-requirement', `${quoted(text)} is no requirement that pip understands; it was left out.`);
      continue;
    }
    const { name, specifier, url } = requirement;
    if (url.startsWith('file:')) continue; // the firm's own
    const version = url === '' ? pinnedVersion(specifier) : (packageOfArchive(url)?.version ?? null);
    add(name, version, url === '' ? specifier : withoutUser(url), scope, reading);
  }
}

/** Poetry writes constraints its own way; a bare version pins. https://python-poetry.org/docs/dependency-specification/ */
function addPoetry(poetry: Readonly<Record<string, unknown>>, reading: Reading): void {
  const groups = Object.values(asObject(poetry['group']) ?? {}).map((group) => asObject(group)?.['dependencies']);
  const tables: readonly (readonly [unknown, Scope])[] = [
    [poetry['dependencies'], 'runtime'],
    [poetry['dev-dependencies'], 'development'],
    ...groups.map((group) => [group, 'development'] as const),
  ];
  for (const [table, scope] of tables) {
    for (const [name, value] of Object.entries(asObject(table) ?? {})) {
      if (normalisedPythonName(name) === 'python') continue;
      for (const each of Array.isArray(value) ? asArray(value) : [value]) addPoetryDependency(name, each, scope, reading);
    }
  }
}

function addPoetryDependency(name: string, value: unknown, scope: Scope, reading: Reading): void {
  const fields = asObject(value) ?? {};
  if (fields['path'] !== undefined) return; // the firm's own
  const git = asString(fields['git']);
  const constraint = asString(value) ?? asString(fields['version']) ?? '';
  const isPinned = git === null && /^\s*(?:==?)?\s*\d[\w.+!-]*\s*$/.test(constraint);
  const version = isPinned ? constraint.replace(/^[\s=]+/, '').trim() : null;
  const range = git === null ? constraint : `git+${withoutUser(git)}`;
  add(name, version, range, fields['optional'] === true && scope === 'runtime' ? 'optional' : scope, reading);
}

function add(name: string, version: string | null, range: string, scope: Scope, { list }: Reading): void {
  const unresolved = version === null && range !== '' ? { range } : {};
  const pkg = { ecosystem: 'PyPI', name, version, ...unresolved, purl: purlOf('PyPI', name, version), scope, direct: true, licences: [] };
  list.add(`${normalisedPythonName(name)} ${version ?? `range ${range}`}`, pkg);
}
