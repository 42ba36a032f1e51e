import type { Format } from '#model/format.ts';
import { asArray, asObject, readJson } from '#language/readers/json.ts';
import { fillNugetTargets } from './shared/nuget-targets.ts';
import type { PackageList } from './shared/package-list.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** What NuGet resolved for a project. */
export const nugetProjectAssets: Format = {
  id: 'nuget-project-assets',
  version: 1,
  title: 'project.assets.json',
  kind: 'lockfile',
  ecosystems: ['NuGet'],
  family: 'nuget',
  spec: 'https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files#packagereference-dependency-resolution',
  reads: 'Resolved packages of every target framework with edges and hashes, and which of them the project asks for.',
  cannotSee: "Which packages are only for development or tests; licences. Projects are the firm's own.",
  matchesPath: (path) => /(?:^|\/)project\.assets\.json$/.test(path),
  parse: (file) => readDocument(file, readJson, fillProjectAssets),
};

function fillProjectAssets(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const [libraries, targets] = [asObject(root?.['libraries']), asObject(root?.['targets'])];
  if (root === null || libraries === null || targets === null) {
    log.error('not-this-format', 'The file has no `targets` and `libraries` as project.assets.json has.');
    return;
  }
  const groups = asObject(root['projectFileDependencyGroups']);
  // `Serilog >= 3.1.1`, one list for each framework.
  const asked = Object.values(groups ?? {}).flatMap((group) => asArray(group).map((each) => String(each).split(' ', 1)[0]?.toLowerCase() ?? ''));
  const each = Object.values(targets).map((target) => asObject(target) ?? {});
  fillNugetTargets({ libraries, targets: each, asked: groups === null ? null : new Set(asked), isUsed: () => true }, list, log);
}
