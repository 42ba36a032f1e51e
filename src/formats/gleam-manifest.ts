import type { Format } from '#model/format.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** Gleam's lockfile. */
export const gleamManifest: Format = {
  id: 'gleam-manifest',
  version: 1,
  title: 'Gleam manifest.toml',
  kind: 'lockfile',
  ecosystems: ['Hex'],
  family: 'gleam',
  spec: 'https://gleam.run/writing-gleam/gleam-toml/',
  reads: 'Locked packages of Hex and Git with edges and checksums, and which of them the project asks for.',
  cannotSee: 'What is only for development: gleam.toml says that. Licences.',
  matchesPath: (path) => /(?:^|\/)manifest\.toml$/.test(path),
  parse: (file) => readDocument(file, readToml, fillGleamManifest),
};

function fillGleamManifest(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (!Array.isArray(root?.['packages']) || asObject(root['requirements']) === null) {
    log.error('not-this-format', "The file has no packages and requirements as Gleam's manifest.toml has.");
    return;
  }
  const asked = asObject(root['requirements']) ?? {};
  const indexes = new Map<string, number>();
  const uses: (readonly [from: number, names: readonly unknown[]])[] = [];
  for (const [at, value] of asArray(root['packages']).entries()) {
    const fields = asObject(value) ?? {};
    const [name, version, source] = [filledText(fields['name']), filledText(fields['version']), asString(fields['source'])];
    if (source === 'local') continue; // the firm's own
    if (name === null || version === null) {
      log.error('bad-package', `Package ${String(at + 1)} has no name or no version; it was left out.`);
      continue;
    }
    const hashed = filledText(fields['outer_checksum']) !== null || filledText(fields['commit']) !== null;
    const pkg = packageOf('Hex', name, version, { direct: Object.hasOwn(asked, name), ...takenFrom(asString(fields['repo'])), hashed });
    const index = list.add(`${name} ${version}`, pkg);
    indexes.set(name, index);
    uses.push([index, asArray(fields['requirements'])]);
  }
  for (const [from, names] of uses) {
    for (const name of names) {
      const to = typeof name === 'string' ? indexes.get(name) : undefined;
      if (to !== undefined) list.link(from, to);
    }
  }
}
