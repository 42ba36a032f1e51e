import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import type { ReadPackage } from '#model/reading.ts';
import { asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** The lockfile of Dart and Flutter. */
export const pubspecLock: Format = {
  id: 'pubspec-lock',
  version: 1,
  title: 'pubspec.lock',
  kind: 'lockfile',
  ecosystems: ['Pub'],
  family: 'pub',
  spec: 'https://dart.dev/tools/pub/glossary#lockfile',
  reads: 'Locked packages from registries, Git and the SDK, which of them the project asks for, and for development or not.',
  cannotSee:
    'Which package uses which: the file has no edges, so what is transitive counts as used at run time. The Dart and Flutter SDKs; licences.',
  matchesPath: (path) => /(?:^|\/)pubspec\.lock$/.test(path),
  parse: (file) => readDocument(file, readYaml, fillPubspecLock),
};

function fillPubspecLock(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (root === null || !('packages' in root)) {
    log.error('not-this-format', 'The file has no `packages` as pubspec.lock has.');
    return;
  }
  for (const [name, value] of Object.entries(asObject(root['packages']) ?? {})) {
    const fields = asObject(value) ?? {};
    const version = filledText(fields['version']);
    const source = asString(fields['source']);
    if (source === 'path') continue; // the firm's own
    if (name === '' || version === null) {
      log.error('no-version', `The locked package ${quoted(name)} has no version; it was left out.`);
      continue;
    }
    list.add(`${name} ${version}`, packageOf('Pub', name, version, { ...useOf(fields), ...supplyOf(fields) }));
  }
}

function useOf(fields: Readonly<Record<string, unknown>>): Pick<ReadPackage, 'scope' | 'direct'> {
  const dependency = asString(fields['dependency']) ?? '';
  return { scope: dependency === 'direct dev' ? 'development' : 'runtime', direct: dependency === '' ? null : dependency.startsWith('direct') };
}

function supplyOf(fields: Readonly<Record<string, unknown>>): Pick<ReadPackage, 'registry' | 'hashed'> {
  const description = asObject(fields['description']);
  const hash = asString(description?.['sha256']) ?? asString(description?.['resolved-ref']);
  return { ...takenFrom(asString(description?.['url'])), ...(description === null ? {} : { hashed: hash !== null }) };
}
