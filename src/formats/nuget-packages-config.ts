import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { childrenOf, readXml } from '#language/readers/xml.ts';
import { packageList } from './shared/package-list.ts';
import { problemLog } from './shared/problem-log.ts';

/** NuGet's older list of packages of one project. */
export const nugetPackagesConfig: Format = {
  id: 'nuget-packages-config',
  version: 1,
  title: 'NuGet packages.config',
  kind: 'lockfile',
  ecosystems: ['NuGet'],
  family: 'nuget',
  spec: 'https://learn.microsoft.com/en-us/nuget/reference/packages-config',
  reads: 'Every package of the project, transitive ones included, since this format lists them all.',
  cannotSee: 'Which package needs which, and which of them the project names itself; licences.',
  matchesPath: (path) => /(?:^|\/)packages(?:\.[^/]+)?\.config$/i.test(path),
  parse: readPackagesConfig,
};

function readPackagesConfig(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readXml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  if (read.value.name !== 'packages') {
    log.error('not-this-format', 'The file is XML, but no list of `packages`.');
    return unread(...log.problems());
  }
  const list = packageList();
  for (const { attributes, line } of childrenOf(read.value, 'package')) {
    const { id = '', version = '', developmentDependency } = attributes;
    if (id === '' || version === '') {
      const what = id === '' ? 'A package has no id' : `The package ${quoted(id)} has no version`;
      log.error('odd-package', `${what}: NuGet would not install it, and it was left out.`, { line });
      continue;
    }
    const scope = developmentDependency?.toLowerCase() === 'true' ? 'development' : 'runtime';
    const purl = purlOf('NuGet', id, version);
    list.add(`${id.toLowerCase()} ${version}`, { ecosystem: 'NuGet', name: id, version, purl, scope, direct: null, licences: [] });
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}
