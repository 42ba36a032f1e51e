import type { Format } from '#model/format.ts';
import { asObject, readJson } from '#language/readers/json.ts';
import { filledText } from './shared/filled-text.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** A package as conda installed it. */
export const condaMeta: Format = {
  id: 'conda-meta',
  version: 1,
  title: 'conda-meta record',
  kind: 'manifest',
  ecosystems: [],
  family: 'conda',
  isInstalled: true,
  spec: 'https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/packages.html',
  reads: 'Name, version, licence, host and hash of the one installed package.',
  cannotSee: 'Other packages, each of which has a record of its own. OSV has no ecosystem for conda, so no advisory names them.',
  matchesPath: (path) => /(?:^|\/)conda-meta\/[^/]+\.json$/.test(path),
  parse: (file) => readDocument(file, readJson, fillRecord),
};

function fillRecord(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const [name, version] = [filledText(root?.['name']), filledText(root?.['version'])];
  if (root === null || name === null || version === null) {
    log.error('not-this-format', 'The file has no name and version as the record of an installed package has.');
    return;
  }
  const licence = filledText(root['license']);
  const hashed = filledText(root['sha256']) !== null || filledText(root['md5']) !== null;
  const origin = takenFrom(filledText(root['channel']) ?? filledText(root['url']));
  const more = { purl: ownPurl('conda', name, version), licences: licence === null ? [] : [licence.slice(0, 500)], ...origin, hashed };
  list.add(name, packageOf(null, name, version, more));
}
