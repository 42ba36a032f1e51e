import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { readMsbuild, singleVersion, withProperties } from './shared/msbuild.ts';
import { packageList } from './shared/package-list.ts';
import { problemLog } from './shared/problem-log.ts';

/** NuGet's central package versions. */
export const nugetCpm: Format = {
  id: 'nuget-cpm',
  version: 1,
  title: 'NuGet central package management (Directory.Packages.props)',
  kind: 'manifest',
  ecosystems: ['NuGet'],
  family: 'nuget',
  spec: 'https://learn.microsoft.com/en-us/nuget/consume-packages/central-package-management',
  reads:
    'The versions that projects below take when they name a package. In a repository they are read through the projects, so that only what is used counts.',
  cannotSee: 'Which project uses which package.',
  matchesPath: () => false,
  matchesContent: (head) => /<Project[\s>]/.test(head) && /<(?:PackageVersion|GlobalPackageReference)\s/.test(head),
  parse: readCentralVersions,
};

function readCentralVersions(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readMsbuild(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const { items, properties } = read.value;
  const list = packageList();
  for (const item of items) {
    const [name, asked] = [withProperties(item.name, properties), withProperties(item.version, properties)];
    if (name === '' || asked === '') continue; // names no package, or no version of one
    const version = singleVersion(asked);
    list.add(`${name.toLowerCase()} ${asked}`, {
      ecosystem: 'NuGet',
      name,
      version,
      ...(version === null ? { range: asked } : {}),
      purl: purlOf('NuGet', name, version),
      scope: 'runtime',
      direct: null,
      licences: [],
    });
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}
