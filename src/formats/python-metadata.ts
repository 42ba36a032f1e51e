import type { Format } from '#model/format.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** What an installed or packed Python distribution says of itself. */
export const pythonMetadata: Format = {
  id: 'python-metadata',
  version: 1,
  title: 'Python METADATA and PKG-INFO',
  kind: 'manifest',
  ecosystems: ['PyPI'],
  family: 'pypi',
  isInstalled: true,
  spec: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  reads: 'Name, version and declared licence of the one distribution.',
  cannotSee: 'What it requires: that is installed beside it, with a file of its own. Where it was taken from.',
  matchesPath: (path) => /(?:^|\/)(?:[^/]+\.dist-info\/METADATA|[^/]+\.egg-info|PKG-INFO)$/.test(path),
  parse: (file) => readDocument(file, decodeText, fillMetadata),
};

function fillMetadata(text: string, list: PackageList, log: ProblemLog): void {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    // The description follows the first empty line.
    if (line.trim() === '') break;
    const colon = line.indexOf(':');
    const key = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (/^[a-z-]+$/.test(key) && !fields.has(key)) fields.set(key, line.slice(colon + 1).trim());
  }
  const [name, version] = [filledText(fields.get('name')), filledText(fields.get('version'))];
  if (name === null || version === null) {
    log.error('not-this-format', 'The file has no Name and Version as the metadata of a Python distribution has.');
    return;
  }
  const licence = filledText(fields.get('license-expression')) ?? filledText(fields.get('license'));
  list.add(name, packageOf('PyPI', name, version, { licences: licence === null || licence === 'UNKNOWN' ? [] : [licence.slice(0, 500)] }));
}
