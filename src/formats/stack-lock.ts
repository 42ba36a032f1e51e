import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** The lockfile of Haskell's Stack. */
export const stackLock: Format = {
  id: 'stack-lock',
  version: 1,
  title: 'stack.yaml.lock',
  kind: 'lockfile',
  ecosystems: ['Hackage'],
  family: 'stack',
  spec: 'https://docs.haskellstack.org/en/stable/topics/lock_files/',
  reads: 'The packages beyond the snapshot (`extra-deps`), from Hackage, archives and Git.',
  cannotSee: 'The packages of the Stackage snapshot, most of what is built: the file names the snapshot only. Edges; licences.',
  matchesPath: (path) => /(?:^|\/)stack\.yaml\.lock$/.test(path),
  parse: (file) => readDocument(file, readYaml, fillStackLock),
};

function fillStackLock(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (!Array.isArray(root?.['packages'])) {
    log.error('not-this-format', 'The file has no `packages` as stack.yaml.lock has.');
    return;
  }
  for (const [at, value] of asArray(root['packages']).entries()) {
    const completed = asObject(asObject(value)?.['completed']) ?? {};
    const text = asString(completed['hackage']) ?? '';
    const [place = ''] = text.split('@', 1);
    const [, hackageName, hackageVersion] = /^(.+)-([0-9.]+)$/.exec(place) ?? [];
    const name = hackageName ?? filledText(completed['name']);
    const version = hackageVersion ?? filledText(completed['version']);
    if (name === null || version === null) {
      log.error('bad-package', `Package ${String(at + 1)} (${quoted(text)}) has no name or no version; it was left out.`);
      continue;
    }
    const origin = filledText(completed['git']) ?? filledText(completed['url']);
    const hashed = text.includes('@sha256:') || filledText(completed['sha256']) !== null || filledText(completed['commit']) !== null;
    list.add(`${name} ${version}`, packageOf('Hackage', name, version, { direct: true, ...takenFrom(origin), hashed }));
  }
}
