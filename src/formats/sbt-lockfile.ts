import type { Format } from '#model/format.ts';
import { asArray, asObject, readJson } from '#language/readers/json.ts';
import type { Scope } from '#model/reading.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** The lockfile of sbt's dependency-lock plugin. */
export const sbtLockfile: Format = {
  id: 'sbt-lockfile',
  version: 1,
  title: 'build.sbt.lock',
  kind: 'lockfile',
  ecosystems: ['Maven'],
  family: 'sbt',
  spec: 'https://stringbean.github.io/sbt-dependency-lock/file-formats/index.html',
  reads: 'Locked modules with their hashes; the scope by the configurations that hold them.',
  cannotSee: 'Which module uses which and which are asked for directly; plugins of the build; licences.',
  matchesPath: (path) => /(?:^|\/)build\.sbt\.lock$/.test(path),
  parse: (file) => readDocument(file, readJson, fillSbtLockfile),
};

function fillSbtLockfile(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (!Array.isArray(root?.['dependencies'])) {
    log.error('not-this-format', 'The file has no list of `dependencies` as build.sbt.lock has.');
    return;
  }
  for (const [at, value] of asArray(root['dependencies']).entries()) {
    const fields = asObject(value) ?? {};
    const [org, name, version] = ['org', 'name', 'version'].map((field) => filledText(fields[field]));
    if (org == null || name == null || version == null) {
      log.error('bad-package', `Dependency ${String(at + 1)} has no organisation, name or version; it was left out.`);
      continue;
    }
    const artifacts = asArray(fields['artifacts']).map((artifact) => filledText(asObject(artifact)?.['hash']));
    const hashed = artifacts.length > 0 && artifacts.every((hash) => hash !== null);
    list.add(
      `${org}:${name} ${version}`,
      packageOf('Maven', `${org}:${name}`, version, { scope: scopeOf(asArray(fields['configurations'])), hashed }),
    );
  }
}

function scopeOf(configurations: readonly unknown[]): Scope {
  if (configurations.length === 0 || configurations.includes('runtime')) return 'runtime';
  if (configurations.includes('compile') || configurations.includes('provided')) return 'provided';
  return 'test';
}
