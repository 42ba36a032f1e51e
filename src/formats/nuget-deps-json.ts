import type { Format } from '#model/format.ts';
import { asObject, asString, readJson } from '#language/readers/json.ts';
import { fillNugetTargets } from './shared/nuget-targets.ts';
import type { PackageList } from './shared/package-list.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** What a built .NET program ships with. */
export const nugetDepsJson: Format = {
  id: 'nuget-deps-json',
  version: 1,
  title: '.deps.json',
  kind: 'lockfile',
  ecosystems: ['NuGet'],
  family: 'nuget',
  isInstalled: true,
  spec: 'https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md',
  reads: 'Packages of which the program ships a file for the framework it runs on, with edges.',
  cannotSee: "Packages that ship no file (the framework gives theirs), which are asked for directly, and licences. Projects are the firm's own.",
  matchesPath: (path) => /\.deps\.json$/.test(path),
  parse: (file) => readDocument(file, readJson, fillDepsJson),
};

function fillDepsJson(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const libraries = asObject(root?.['libraries']);
  if (root === null || libraries === null) {
    log.error('not-this-format', 'The file has no `libraries` as a .deps.json has.');
    return;
  }
  const framework = asString(asObject(root['runtimeTarget'])?.['name']) ?? asString(root['runtimeTarget']) ?? '';
  const targets = asObject(root['targets']) ?? {};
  const target = Object.hasOwn(targets, framework) ? asObject(targets[framework]) : null;
  if (target === null) log.warning('no-target', 'The file does not hold the target it names, so that every package in it is listed.');
  const isUsed = (entry: Readonly<Record<string, unknown>>): boolean =>
    ['runtime', 'native', 'runtimeTargets', 'resources'].some((field) => field in entry);
  fillNugetTargets({ libraries, targets: target === null ? [] : [target], asked: null, isUsed }, list, log);
}
