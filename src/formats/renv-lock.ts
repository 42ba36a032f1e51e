import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import type { ReadPackage } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { filledText } from './shared/filled-text.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** The lockfile of R's renv. */
export const renvLock: Format = {
  id: 'renv-lock',
  version: 1,
  title: 'renv.lock',
  kind: 'lockfile',
  ecosystems: ['CRAN', 'Bioconductor'],
  family: 'renv',
  spec: 'https://rstudio.github.io/renv/articles/lockfile.html',
  reads: 'Locked packages of CRAN and its mirrors, Bioconductor, GitHub and other places, with what they require.',
  cannotSee: 'What the project asks for itself, what is only suggested; R and its own packages; licences.',
  matchesPath: (path) => /(?:^|\/)renv\.lock$/.test(path),
  parse: (file) => readDocument(file, readJson, fillRenvLock),
};

type Json = Readonly<Record<string, unknown>>;

function fillRenvLock(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (root === null) {
    log.error('not-this-format', 'The file is not a table, as renv.lock is.');
    return;
  }
  const packages = asObject(root['Packages']);
  if (packages === null) log.warning('no-packages', 'The lockfile has no `Packages`.');
  const indexes = new Map<string, number>();
  for (const [key, value] of Object.entries(packages ?? {})) {
    const fields = asObject(value) ?? {};
    const [name, version] = [filledText(fields['Package']) ?? filledText(key), filledText(fields['Version'])];
    if (name === null || version === null) {
      log.error('bad-package', `The entry ${quoted(key)} is no package with a version; it was left out.`);
      continue;
    }
    const pkg = originOf(name, version, fields);
    indexes.set(
      name,
      list.add(`${name} ${version}`, { ...pkg, hashed: filledText(fields['Hash']) !== null || filledText(fields['RemoteSha']) !== null }),
    );
  }
  for (const value of Object.values(packages ?? {})) {
    const fields = asObject(value) ?? {};
    const from = indexes.get(asString(fields['Package']) ?? '');
    for (const field of ['Requirements', 'Depends', 'Imports', 'LinkingTo']) {
      for (const used of asArray(fields[field])) {
        // Since renv 1.1 as DESCRIPTION has it: `rlang (>= 1.1.0)`.
        const to = typeof used === 'string' ? indexes.get(used.split(/[\s(]/, 1)[0] ?? '') : undefined;
        if (from !== undefined && to !== undefined) list.link(from, to);
      }
    }
  }
}

/** CRAN has many mirrors under other names; what is from elsewhere may bear the name of a package of CRAN and be another. */
function originOf(name: string, version: string, fields: Json): ReadPackage {
  const source = asString(fields['Source']) ?? '';
  if (source === 'Repository') return packageOf(fields['Repository'] === 'Bioconductor' ? 'Bioconductor' : 'CRAN', name, version);
  if (source === 'Bioconductor') return packageOf('Bioconductor', name, version);
  const [owner, repository, sha] = ['RemoteUsername', 'RemoteRepo', 'RemoteSha'].map((field) => filledText(fields[field]));
  if (source !== 'GitHub' || owner == null || repository == null) return packageOf(null, name, version, { purl: ownPurl('generic', name, version) });
  return packageOf(null, name, version, { purl: ownPurl('github', `${owner}/${repository}`, sha ?? version, { isDivided: true }) });
}
