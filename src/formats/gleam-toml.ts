import type { Format } from '#model/format.ts';
import { asObject } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** What a Gleam project asks for. */
export const gleamToml: Format = {
  id: 'gleam-toml',
  version: 1,
  title: 'gleam.toml',
  kind: 'manifest',
  ecosystems: ['Hex'],
  family: 'gleam',
  spec: 'https://gleam.run/writing-gleam/gleam-toml/',
  reads: 'The ranges that the project asks for, for use and for development.',
  cannotSee: 'The versions taken, and what those packages use: manifest.toml says that.',
  matchesPath: (path) => /(?:^|\/)gleam\.toml$/.test(path),
  parse: (file) => readDocument(file, readToml, fillGleamToml),
};

function fillGleamToml(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  if (filledText(root?.['name']) === null) {
    log.error('not-this-format', 'The file has no name as gleam.toml has.');
    return;
  }
  for (const [field, scope] of [
    ['dependencies', 'runtime'],
    ['dev-dependencies', 'development'],
    ['dev_dependencies', 'development'],
  ] as const) {
    for (const [name, value] of Object.entries(asObject(root?.[field]) ?? {})) {
      const range = filledText(value) ?? filledText(asObject(value)?.['ref']);
      if (name === '' || asObject(value)?.['path'] !== undefined) continue; // the firm's own
      list.add(`${name} ${range ?? ''}`, packageOf('Hex', name, null, { range: range ?? '*', scope, direct: true }));
    }
  }
}
