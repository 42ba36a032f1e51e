import type { Format } from '#model/format.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { filledText } from './shared/filled-text.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** The lockfile of conda-lock. */
export const condaLock: Format = {
  id: 'conda-lock',
  version: 1,
  title: 'conda-lock.yml',
  kind: 'lockfile',
  ecosystems: ['PyPI'],
  family: 'conda',
  spec: 'https://conda.github.io/conda-lock/output/',
  reads: 'Packages of conda and pip for every platform with edges, hashes and hosts, and what is for development or optional.',
  cannotSee: 'What is asked for directly; licences. OSV has no ecosystem for conda, so advisories name only what comes from pip.',
  matchesPath: (path) => /(?:^|\/)(?:[\w-]+\.)?conda-lock\.ya?ml$/.test(path),
  parse: (file) => readDocument(file, readYaml, fillCondaLock),
};

function fillCondaLock(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (!Array.isArray(root?.['package'])) {
    log.error('not-this-format', 'The file has no list `package` as conda-lock.yml has.');
    return;
  }
  const indexes = new Map<string, number>();
  const uses: (readonly [from: number, platform: string, names: readonly string[]])[] = [];
  for (const [at, value] of asArray(root['package']).entries()) {
    const fields = asObject(value) ?? {};
    const [name, version] = [filledText(fields['name']), filledText(fields['version'])];
    if (name === null || version === null) {
      log.error('bad-package', `Package ${String(at + 1)} has no name or no version; it was left out.`);
      continue;
    }
    const isPip = fields['manager'] === 'pip';
    const category = asString(fields['category']) ?? 'main';
    const pkg = packageOf(isPip ? 'PyPI' : null, name, version, {
      scope: category === 'dev' ? 'development' : category !== 'main' || fields['optional'] === true ? 'optional' : 'runtime',
      ...takenFrom(filledText(fields['url'])),
      hashed: Object.values(asObject(fields['hash']) ?? {}).some((hash) => filledText(hash) !== null),
    });
    const index = list.add(`${isPip ? 'pip' : 'conda'} ${name} ${version}`, isPip ? pkg : { ...pkg, purl: ownPurl('conda', name, version) });
    const platform = asString(fields['platform']) ?? '';
    indexes.set(`${platform} ${name}`, index);
    uses.push([index, platform, Object.keys(asObject(fields['dependencies']) ?? {})]);
  }
  // Each platform resolves its own versions.
  for (const [from, platform, names] of uses) {
    for (const name of names) {
      const to = indexes.get(`${platform} ${name}`);
      if (to !== undefined) list.link(from, to);
    }
  }
}
