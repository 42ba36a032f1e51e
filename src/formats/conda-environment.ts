import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** What an environment of conda asks for. */
export const condaEnvironment: Format = {
  id: 'conda-environment',
  version: 1,
  title: 'Conda environment.yml',
  kind: 'manifest',
  ecosystems: ['PyPI'],
  family: 'conda',
  spec: 'https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html',
  reads: 'Packages of conda and pip that are asked for; a version where one is pinned, the range otherwise.',
  cannotSee: 'The versions that ranges come to, what those packages use, and files of requirements that pip is pointed at.',
  matchesPath: (path) => /(?:^|\/)environment(?:[-_.][\w-]+)?\.ya?ml$/.test(path),
  parse: (file) => readDocument(file, readYaml, fillEnvironment),
};

function fillEnvironment(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (!Array.isArray(root?.['dependencies'])) {
    log.warning('not-this-format', 'The file has no list of `dependencies` as an environment of conda has.');
    return;
  }
  for (const entry of asArray(root['dependencies'])) {
    if (typeof entry === 'string') addAsked(entry, false, list, log);
    for (const asked of asArray(asObject(entry)?.['pip'])) addAsked(asString(asked) ?? '', true, list, log);
  }
}

/** `channel::name=1.2.3=build` of conda, `name[extra]==1.2.3; marker` of pip. */
function addAsked(text: string, isPip: boolean, list: PackageList, log: ProblemLog): void {
  const [plain = ''] = text.split(/[;#]/, 1);
  const channel = plain.lastIndexOf('::');
  const asked = plain.slice(isPip || channel === -1 ? 0 : channel + 2).trim();
  if (isPip && asked.startsWith('-')) return;
  const name = /^[\w.-]{1,200}/.exec(asked)?.[0];
  const range = asked
    .slice(name?.length ?? 0)
    .replace(/^\[[^[\]]{0,200}\]/, '')
    .trim();
  if (name === undefined || (range !== '' && !/^[=<>!~@]/.test(range) && !/^[\w.*]+$/.test(range))) {
    log.warning('bad-package', `${quoted(text)} asks for no package; it was left out.`);
    return;
  }
  // One `=` of conda means any version that begins so, unless a build follows it.
  const pinned = /^(?:==\s*([\w.!+-]+)|=([\w.!+]+)=[\w.*]+)$/.exec(range);
  const version = pinned?.[1] ?? pinned?.[2] ?? null;
  const more = { direct: true, ...(version === null ? { range: range === '' ? '*' : range } : {}) };
  const pkg = packageOf(isPip ? 'PyPI' : null, name, version, more);
  list.add(`${isPip ? 'pip' : 'conda'} ${name} ${version ?? range}`, isPip ? pkg : { ...pkg, purl: ownPurl('conda', name, version) });
}
