import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** The lockfile of Bazel's rules_jvm_external. */
export const mavenInstall: Format = {
  id: 'maven-install',
  version: 1,
  title: 'maven_install.json',
  kind: 'lockfile',
  ecosystems: ['Maven'],
  family: 'bazel-maven',
  spec: 'https://github.com/bazel-contrib/rules_jvm_external/blob/master/docs/bzlmod.md',
  reads: 'Both forms of the file: locked modules with edges and hashes.',
  cannotSee: 'What is asked for directly, and for tests only: BUILD and MODULE.bazel are programs. Licences.',
  matchesPath: (path) => /(?:^|\/)(?:\w+_)?maven(?:_\w+)?_install\.json$/.test(path),
  parse: (file) => readDocument(file, readJson, fillMavenInstall),
};

type Json = Readonly<Record<string, unknown>>;

function fillMavenInstall(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const artifacts = asObject(root?.['artifacts']);
  const tree = asObject(root?.['dependency_tree']);
  if (artifacts !== null) fillArtifacts(artifacts, asObject(root?.['dependencies']) ?? {}, list, log);
  else if (tree !== null) fillTree(asArray(tree['dependencies']), list, log);
  else log.error('not-this-format', 'The file has neither `artifacts` nor a `dependency_tree` as maven_install.json has.');
}

/** Since version 2: by `group:artifact`, packaging and classifier after it. */
function fillArtifacts(artifacts: Json, dependencies: Json, list: PackageList, log: ProblemLog): void {
  const indexes = new Map<string, number>();
  for (const [key, value] of Object.entries(artifacts)) {
    const fields = asObject(value) ?? {};
    const hashed = Object.values(asObject(fields['shasums']) ?? {}).some((hash) => filledText(hash) !== null);
    const index = added(key, filledText(fields['version']), hashed, list, log);
    if (index !== null) indexes.set(moduleOf(key), index);
  }
  for (const [key, value] of Object.entries(dependencies)) {
    for (const used of asArray(value)) link(indexes.get(moduleOf(key)), indexes.get(moduleOf(asString(used) ?? '')), list);
  }
}

/** Before version 2: `group:artifact:version`, packaging and classifier in the middle. */
function fillTree(entries: readonly unknown[], list: PackageList, log: ProblemLog): void {
  const indexes = new Map<string, number>();
  for (const value of entries) {
    const fields = asObject(value) ?? {};
    const coordinates = asString(fields['coord']) ?? '';
    const version = coordinates.split(':').length < 3 ? null : filledText(coordinates.slice(coordinates.lastIndexOf(':') + 1));
    const index = added(coordinates, version, filledText(fields['sha256']) !== null, list, log);
    if (index !== null) indexes.set(moduleOf(coordinates), index);
  }
  for (const value of entries) {
    const fields = asObject(value) ?? {};
    for (const used of asArray(fields['directDependencies'] ?? fields['dependencies'])) {
      link(indexes.get(moduleOf(asString(fields['coord']) ?? '')), indexes.get(moduleOf(asString(used) ?? '')), list);
    }
  }
}

function added(coordinates: string, version: string | null, hashed: boolean, list: PackageList, log: ProblemLog): number | null {
  const name = moduleOf(coordinates);
  if (!/^[^\s:]+:[^\s:]+$/.test(name) || version === null) {
    log.error('bad-package', `${quoted(coordinates)} is no module with a version; it was left out.`);
    return null;
  }
  return list.add(`${name} ${version}`, packageOf('Maven', name, version, { hashed }));
}

function moduleOf(coordinates: string): string {
  return coordinates.split(':', 2).join(':');
}

function link(from: number | undefined, to: number | undefined, list: PackageList): void {
  if (from !== undefined && to !== undefined) list.link(from, to);
}
