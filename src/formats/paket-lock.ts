import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** Paket's lockfile. */
export const paketLock: Format = {
  id: 'paket-lock',
  version: 1,
  title: 'paket.lock',
  kind: 'lockfile',
  ecosystems: ['NuGet'],
  family: 'paket',
  spec: 'https://fsprojects.github.io/Paket/lock-file.html',
  reads: 'Locked packages of NuGet with edges, within each group, and the repositories on GitHub that files are taken from, by commit.',
  cannotSee: 'What is asked for directly, what a group is for, files taken by address (HTTP) and other repositories (GIT); licences.',
  matchesPath: (path) => /(?:^|\/)paket\.lock$/.test(path),
  parse: (file) => readDocument(file, decodeText, fillPaketLock),
};

type Place = { section: string; remote: string; current: number | null; indexes: Map<string, number> };
type Use = { readonly from: number; readonly name: string; readonly indexes: ReadonlyMap<string, number> };

function fillPaketLock(text: string, list: PackageList, log: ProblemLog): void {
  const place: Place = { section: '', remote: '', current: null, indexes: new Map() };
  const uses: Use[] = [];
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const indent = raw.search(/\S/);
    if (indent === 0) startSection(line, place);
    else if (line.startsWith('remote:')) Object.assign(place, { remote: line.slice('remote:'.length).trim(), current: null });
    else if (indent >= 6) readUse(line, place, uses);
    else if (indent === 4) readEntry(line, at + 1, place, list, log);
  }
  if (place.section === '' && text.trim() !== '') log.error('not-this-format', 'The file has none of the sections of a paket.lock, such as NUGET.');
  if (text.trim() === '') log.warning('empty-file', 'The lockfile is empty.');
  for (const { from, name, indexes } of uses) {
    const to = indexes.get(name);
    if (to !== undefined) list.link(from, to);
  }
}

/** Groups resolve their versions apart from each other. */
function startSection(line: string, place: Place): void {
  if (line.startsWith('GROUP ')) place.indexes = new Map();
  else if (/^[A-Z]+$/.test(line)) place.section = line;
  place.current = null;
}

function readUse(line: string, { current, indexes }: Place, uses: Use[]): void {
  const name = line.split(/[\s(]/, 1)[0]?.toLowerCase();
  if (current !== null && name !== undefined) uses.push({ from: current, name, indexes });
}

function readEntry(line: string, at: number, place: Place, list: PackageList, log: ProblemLog): void {
  if (place.section !== 'NUGET' && place.section !== 'GITHUB') return;
  const [, name, written] = /^(\S+) \(([^()]*)\)/.exec(line) ?? [];
  const version = written?.trim() ?? '';
  if (name === undefined || version === '') {
    log.error('no-version', `${quoted(line)} is no package with a version; it was left out.`, { line: at });
    return;
  }
  if (place.section === 'NUGET') {
    place.current = list.add(`${name.toLowerCase()} ${version}`, packageOf('NuGet', name, version, takenFrom(place.remote)));
    place.indexes.set(name.toLowerCase(), place.current);
  } else if (place.remote !== '') {
    // The entry is a file; the repository is what has an origin and a version.
    list.add(
      `github ${place.remote} ${version}`,
      packageOf(null, place.remote, version, { purl: ownPurl('github', place.remote, version, { isDivided: true }) }),
    );
  }
}
