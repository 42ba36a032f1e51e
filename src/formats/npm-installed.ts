import type { Format } from '#model/format.ts';
import { asArray, asObject, readJson } from '#language/readers/json.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** One package as it lies in `node_modules`. */
export const npmInstalled: Format = {
  id: 'npm-installed',
  version: 1,
  title: 'package.json in node_modules',
  kind: 'manifest',
  ecosystems: ['npm'],
  family: 'npm',
  isInstalled: true,
  spec: 'https://docs.npmjs.com/cli/v10/configuring-npm/package-json',
  reads: 'Name, version and declared licence of the one installed package. In images only: elsewhere node_modules is no evidence.',
  cannotSee: 'What it depends on, where it was taken from, and packages that a bundler put into another file.',
  matchesPath: (path) => /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/.test(path),
  parse: (file) => readDocument(file, readJson, fillPackage),
};

function fillPackage(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const [name, version] = [filledText(root?.['name']), filledText(root?.['version'])];
  if (root === null || name === null || version === null) {
    log.warning('not-this-format', 'The file has no name and version as that of an installed package has.');
    return;
  }
  const licences = [root['license'], ...asArray(root['licenses'])].flatMap((each) => filledText(each) ?? filledText(asObject(each)?.['type']) ?? []);
  list.add(name, packageOf('npm', name, version, { licences: licences.map((licence) => licence.slice(0, 500)) }));
}
