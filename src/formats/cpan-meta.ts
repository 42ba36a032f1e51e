import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asObject, readJson } from '#language/readers/json.ts';
import { decodeText, type Read } from '#language/readers/decoded.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { filledText } from './shared/filled-text.ts';
import { ownPurl } from './shared/own-purl.ts';
import { packageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import { pathBeside } from './shared/path-beside.ts';
import { problemLog } from './shared/problem-log.ts';

/** What an installed or packed Perl distribution says of itself. */
export const cpanMeta: Format = {
  id: 'cpan-meta',
  version: 1,
  title: 'META.json and META.yml of CPAN',
  kind: 'manifest',
  ecosystems: [],
  family: 'cpan',
  spec: 'https://metacpan.org/pod/CPAN::Meta::Spec',
  reads: 'Name, version and declared licence of the one distribution; as the subject where it is the project itself.',
  cannotSee: 'What it requires: that is installed beside it, with a file of its own. OSV has no ecosystem for CPAN, so no advisory names it.',
  matchesPath: (path) => /(?:^|\/)(?:MY)?META\.(?:json|yml)$/.test(path),
  parse: parseMeta,
};

function parseMeta(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const read = readMeta(file);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const root = asObject(read.value);
  if (root === null || (root['meta-spec'] === undefined && root['generated_by'] === undefined && root['abstract'] === undefined)) {
    log.error('not-this-format', 'The file is no metadata of a Perl distribution.');
    return unread(...log.problems());
  }
  const [name, version] = [filledText(root['name']), versionIn(file) ?? filledText(root['version'])];
  if (name === null || version === null) {
    log.error('no-version', 'The distribution has no name or no version; it was left out.');
    return unread(...log.problems());
  }
  const purl = ownPurl('cpan', name, version);
  if (isProjectItself(file.path, neighbours)) return { packages: [], edges: [], problems: log.problems(), subject: { name, version, purl } };
  const licences = [root['license']].flat().flatMap((each) => licenceOf(filledText(each)) ?? []);
  const list = packageList();
  list.add(name, packageOf(null, name, version, { purl, licences }));
  return { packages: list.packages(), edges: [], problems: log.problems() };
}

function readMeta(file: InputFile): Read<unknown> {
  return /\.yml$/.test(file.path) ? readYaml(file.bytes) : readJson(file.bytes);
}

/** As written in YAML, where 0.10 would be read as the number 0.1, which is another version; null in JSON, where it is text. */
function versionIn({ path, bytes }: InputFile): string | null {
  const text = path.endsWith('.yml') ? decodeText(bytes) : null;
  return text?.ok === true ? (/^version:[ \t]*(['"]?)([^\s'"~][^\s'"]*)\1[ \t]*(?:#.*)?$/m.exec(text.value)?.[2] ?? null) : null;
}

/** The program that builds it stands beside it at the top of the source only where it is the project. */
function isProjectItself(path: string, neighbours: Neighbours): boolean {
  if (path.includes('/')) return false;
  return ['Makefile.PL', 'Build.PL', 'dist.ini', 'minil.toml'].some((each) => {
    const beside = pathBeside(path, each);
    return beside !== null && neighbours.read(beside) !== null;
  });
}

/** CPAN's own words for licences, those that mean one SPDX expression. https://metacpan.org/pod/CPAN::Meta::Spec#license */
const licences: ReadonlyMap<string, string> = new Map([
  ['perl_5', 'Artistic-1.0-Perl OR GPL-1.0-or-later'],
  ['perl', 'Artistic-1.0-Perl OR GPL-1.0-or-later'],
  ['apache_2_0', 'Apache-2.0'],
  ['artistic_2', 'Artistic-2.0'],
  ['bsd', 'BSD-3-Clause'],
  ['freebsd', 'BSD-2-Clause'],
  ['gpl_1', 'GPL-1.0-only'],
  ['gpl_2', 'GPL-2.0-only'],
  ['gpl_3', 'GPL-3.0-only'],
  ['agpl_3', 'AGPL-3.0-only'],
  ['lgpl_2_1', 'LGPL-2.1-only'],
  ['lgpl_3_0', 'LGPL-3.0-only'],
  ['mit', 'MIT'],
  ['mozilla_1_0', 'MPL-1.0'],
  ['mozilla_1_1', 'MPL-1.1'],
  ['zlib', 'Zlib'],
]);

/** What says nothing is no claim; a word that is not known stands as written. */
function licenceOf(word: string | null): string | null {
  return word === null || ['unknown', 'open_source'].includes(word) ? null : (licences.get(word) ?? word.slice(0, 500));
}
