import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** The lockfile of Perl's Carton. */
export const cpanfileSnapshot: Format = {
  id: 'cpanfile-snapshot',
  version: 1,
  title: 'cpanfile.snapshot',
  kind: 'lockfile',
  ecosystems: [],
  family: 'cpan',
  spec: 'https://metacpan.org/pod/Carton#cpanfile.snapshot',
  reads: 'Locked distributions with their authors, and edges by the modules that they provide and require.',
  cannotSee: 'What cpanfile asks for, and for which phase; licences. OSV has no ecosystem for CPAN, so no advisory names them.',
  matchesPath: (path) => /(?:^|\/)cpanfile\.snapshot$/.test(path),
  parse: (file) => readDocument(file, decodeText, fillSnapshot),
};

function fillSnapshot(text: string, list: PackageList, log: ProblemLog): void {
  const lines = text.split(/\r?\n/);
  if (!lines.includes('DISTRIBUTIONS')) {
    log.error('not-this-format', 'The file has no DISTRIBUTIONS as cpanfile.snapshot has.');
    return;
  }
  const provided = new Map<string, number>();
  const required: (readonly [from: number, module: string])[] = [];
  let distribution = '';
  let index: number | null = null;
  let part = '';
  for (const [at, raw] of lines.entries()) {
    const line = raw.trim();
    const indent = raw.search(/\S/);
    const [word = ''] = line.split(' ', 1);
    if (indent === 2) [distribution, index, part] = [line, null, ''];
    else if (indent === 4 && line.startsWith('pathname:')) index = added(distribution, line.slice('pathname:'.length).trim(), at + 1, list, log);
    else if (indent === 4) part = line;
    else if (indent === 6 && index !== null && part === 'provides:') provided.set(word, index);
    else if (indent === 6 && index !== null && part === 'requirements:') required.push([index, word]);
  }
  for (const [from, module] of required) {
    const to = provided.get(module);
    if (to !== undefined) list.link(from, to);
  }
}

/** `Moose-2.2011` at `E/ET/ETHER/Moose-2.2011.tar.gz`: the version follows the last hyphen before a digit. */
function added(distribution: string, path: string, line: number, list: PackageList, log: ProblemLog): number | null {
  const [, name, version] = /^(.*[^-])-(v?\d[^-\s]*(?:-TRIAL\d*)?)$/.exec(distribution) ?? [];
  if (name === undefined || version === undefined) {
    log.error('no-version', `${quoted(distribution)} is no distribution with a version; it was left out.`, { line });
    return null;
  }
  const author = path.split('/').at(-2)?.toUpperCase() ?? '';
  const purl = ownPurl('cpan', author === '' ? name : `${author}/${name}`, version, { isDivided: true });
  return list.add(`${name} ${version}`, packageOf(null, name, version, { purl }));
}
