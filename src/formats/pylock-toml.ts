import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { packageList } from './shared/package-list.ts';
import { normalisedPythonName } from './shared/pep508.ts';
import { problemLog } from './shared/problem-log.ts';

/** The Python lockfile that all tools may write. */
export const pylockToml: Format = {
  id: 'pylock-toml',
  version: 1,
  title: 'Python lockfile (PEP 751)',
  kind: 'lockfile',
  ecosystems: ['PyPI'],
  family: 'pypi',
  spec: 'https://packaging.python.org/en/latest/specifications/pylock-toml/',
  reads: 'Locked packages and, where the tool wrote them down, edges.',
  cannotSee: 'What the project asks for itself, which group or extra a marker stands for, and licences.',
  matchesPath: (path) => /(?:^|\/)pylock(?:\.[^./]+)?\.toml$/.test(path),
  parse: readPylock,
};

/** A name is locked once for each environment; a file with many of one name may not make the work quadratic. */
const maxVersionsLinked = 10;

function readPylock(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readToml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const lock = asObject(read.value) ?? {};
  if (lock['lock-version'] === undefined && lock['packages'] === undefined) {
    log.error('not-this-format', 'The file has neither a lock version nor packages as pylock.toml has.');
    return unread(...log.problems());
  }
  const list = packageList();
  const locked: { readonly key: string; readonly version: string | null; readonly index: number; readonly needs: readonly unknown[] }[] = [];
  for (const [at, entry] of asArray(lock['packages']).entries()) {
    const fields = asObject(entry) ?? {};
    const name = asString(fields['name']);
    if (name === null || name === '') {
      log.error('unnamed-package', `Package ${String(at + 1)} of the lockfile has no name.`);
      continue;
    }
    if (fields['directory'] !== undefined) continue; // the firm's own
    const version = asString(fields['version']);
    const range = version === null ? placeOf(fields) : '';
    const key = normalisedPythonName(name);
    const index = list.add(`${key} ${version ?? range}`, {
      ecosystem: 'PyPI',
      name,
      version,
      ...(range === '' ? {} : { range }),
      purl: purlOf('PyPI', name, version),
      scope: 'runtime',
      direct: null,
      licences: [],
    });
    locked.push({ key, version, index, needs: asArray(fields['dependencies']) });
  }
  const byName = Map.groupBy(locked, ({ key }) => key);
  for (const { index, needs } of locked) {
    for (const need of needs) {
      const fields = asObject(need) ?? {};
      const named = byName.get(normalisedPythonName(asString(fields['name']) ?? '')) ?? [];
      const version = asString(fields['version']);
      const wanted = version === null ? named : named.filter((each) => each.version === version);
      for (const each of wanted.slice(0, maxVersionsLinked)) list.link(index, each.index);
    }
  }
  return { packages: list.packages(), edges: list.edges(), problems: log.problems() };
}

/** Where a package without a version comes from: a repository at a commit, or an archive. */
function placeOf(fields: Readonly<Record<string, unknown>>): string {
  const vcs = asObject(fields['vcs']);
  if (vcs !== null)
    return `${asString(vcs['type']) ?? 'git'}+${asString(vcs['url']) ?? asString(vcs['path']) ?? ''}@${asString(vcs['commit-id']) ?? ''}`;
  const archive = asObject(fields['archive']);
  return asString(archive?.['url']) ?? asString(archive?.['path']) ?? '';
}
