import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { nearestMsbuild, readMsbuild, singleVersion, withProperties } from './shared/msbuild.ts';
import { packageList } from './shared/package-list.ts';
import { problemLog } from './shared/problem-log.ts';

/** A .NET project. */
export const csproj: Format = {
  id: 'csproj',
  version: 1,
  title: '.NET project (C#, F#, Visual Basic)',
  kind: 'manifest',
  ecosystems: ['NuGet'],
  family: 'nuget',
  spec: 'https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files',
  reads:
    'Packages the project names, with versions from itself, from Directory.Packages.props (central package management) and from properties set in files above.',
  cannotSee: 'What these packages bring along, and which conditions hold; packages.lock.json shows what was resolved.',
  matchesPath: (path) => /\.(?:cs|fs|vb)proj$/.test(path),
  parse: readProject,
};

function readProject(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const read = readMsbuild(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const project = read.value;
  const central = nearestMsbuild(neighbours, file.path, 'Directory.Packages.props');
  const build = nearestMsbuild(neighbours, file.path, 'Directory.Build.props');
  const properties = new Map([...(build?.properties ?? []), ...(central?.properties ?? []), ...project.properties]);
  const versions = new Map(
    (central?.items ?? []).filter((each) => each.kind === 'PackageVersion').map((each) => [each.name.toLowerCase(), each.version]),
  );
  const everywhere = [...(build?.items ?? []), ...(central?.items ?? [])].filter((each) => each.kind === 'GlobalPackageReference');
  const list = packageList();
  for (const each of [...everywhere, ...project.items.filter((item) => item.kind === 'PackageReference')]) {
    const name = withProperties(each.name, properties);
    if (name === '') continue; // MSBuild takes an empty name for no item
    const asked = withProperties(each.override || each.version || (versions.get(name.toLowerCase()) ?? ''), properties);
    const version = singleVersion(asked);
    const place = project.items.includes(each) ? { line: each.line } : {};
    if (version === null) log.warning('no-version', `The package ${quoted(name)} is named without a single version.`, place);
    list.add(`${name.toLowerCase()} ${asked}`, {
      ecosystem: 'NuGet',
      name,
      version,
      ...(version === null && asked !== '' ? { range: asked } : {}),
      purl: purlOf('NuGet', name, version),
      scope: each.isPrivate || each.kind === 'GlobalPackageReference' ? 'build' : 'runtime',
      direct: true,
      licences: [],
    });
  }
  return { packages: list.packages(), edges: [], problems: log.problems() };
}
