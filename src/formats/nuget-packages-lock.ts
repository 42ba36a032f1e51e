import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asObject, asString, readJson } from '#language/readers/json.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** NuGet's lockfile. */
export const nugetPackagesLock: Format = {
  id: 'nuget-packages-lock',
  version: 1,
  title: 'NuGet packages.lock.json',
  kind: 'lockfile',
  ecosystems: ['NuGet'],
  family: 'nuget',
  spec: 'https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files#locking-dependencies',
  reads: 'Resolved packages of every target framework, direct or transitive, with edges.',
  cannotSee: 'Which packages are only for development or tests; licences.',
  matchesPath: (path) => /(?:^|\/)packages(?:\.[^/]+)?\.lock\.json$/.test(path),
  parse: readPackagesLock,
};

function readPackagesLock(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const frameworks = asObject(asObject(read.value)?.['dependencies']);
  if (frameworks === null) {
    log.error('not-this-format', 'The file is JSON, but has no `dependencies` by framework as packages.lock.json has.');
    return unread(...log.problems());
  }
  const list = packageList();
  for (const packages of Object.values(frameworks)) addFramework(asObject(packages) ?? {}, list, log);
  return { packages: list.packages(), edges: list.edges(), problems: log.problems() };
}

/** Edges stay within a framework: each resolves its own versions. */
function addFramework(packages: Readonly<Record<string, unknown>>, list: PackageList, log: ProblemLog): void {
  const indexes = new Map<string, number>();
  for (const [name, entry] of Object.entries(packages)) {
    const fields = asObject(entry) ?? {};
    if (fields['type'] === 'Project') continue; // the firm's own
    const version = asString(fields['resolved']);
    const requested = asString(fields['requested']);
    if (version === null) log.warning('no-version', `The locked package ${quoted(name)} has no resolved version.`);
    const index = list.add(`${name.toLowerCase()} ${version ?? requested ?? ''}`, {
      ecosystem: 'NuGet',
      name,
      version,
      ...(version === null && requested !== null ? { range: requested } : {}),
      purl: purlOf('NuGet', name, version),
      scope: 'runtime',
      direct: fields['type'] === 'Direct',
      licences: [],
    });
    indexes.set(name.toLowerCase(), index);
  }
  for (const [name, entry] of Object.entries(packages)) {
    const from = indexes.get(name.toLowerCase());
    for (const needed of Object.keys(asObject(asObject(entry)?.['dependencies']) ?? {})) {
      const to = indexes.get(needed.toLowerCase());
      if (from !== undefined && to !== undefined) list.link(from, to);
    }
  }
}
