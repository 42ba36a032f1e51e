import type { Format } from '#model/format.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** What a project with Paket asks for. */
export const paketDependencies: Format = {
  id: 'paket-dependencies',
  version: 1,
  title: 'paket.dependencies',
  kind: 'manifest',
  ecosystems: ['NuGet'],
  family: 'paket',
  spec: 'https://fsprojects.github.io/Paket/dependencies-file.html',
  reads:
    'The packages of NuGet and the repositories on GitHub that are asked for, of every group; a version where one is pinned, the range otherwise.',
  cannotSee: 'What those packages use, files taken by address, and what is for tests.',
  matchesPath: (path) => /(?:^|\/)paket\.dependencies$/.test(path),
  parse: (file) => readDocument(file, decodeText, fillPaketDependencies),
};

const words =
  /^(?:nuget|clitool|github|gist|git|http|source|group|framework|storage|redirects|strategy|lowest_matching|version|references|content|copy_\w+|cache|import_targets|generate_load_scripts|licenseDownload)\b/i;

function fillPaketDependencies(text: string, list: PackageList, log: ProblemLog): void {
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = withoutComment(raw).trim();
    if (line === '') continue;
    const [word = '', name = '', ...rest] = line.split(/\s+/);
    if (!words.test(line)) log.error('not-understood', 'The line is none that paket.dependencies may have.', { line: at + 1 });
    else if (/^(?:nuget|clitool)$/i.test(word) && name !== '') addPackage(name, rest, list);
    else if (word.toLowerCase() === 'github' && name !== '') addRepository(name, list);
  }
}

/** `//` within an address is no comment. */
function withoutComment(line: string): string {
  if (line.trimStart().startsWith('#') || line.trimStart().startsWith('//')) return '';
  const hash = line.indexOf(' #');
  const from = hash === -1 ? line : line.slice(0, hash);
  for (let slashes = from.indexOf('//'); slashes !== -1; slashes = from.indexOf('//', slashes + 2)) {
    if (from[slashes - 1] !== ':') return from.slice(0, slashes);
  }
  return from;
}

function addPackage(name: string, rest: readonly string[], list: PackageList): void {
  const options = rest.findIndex((word) => word.endsWith(':'));
  const range = rest.slice(0, options === -1 ? rest.length : options).join(' ');
  const pinned = /^={1,2} ?(\S+)$/.exec(range)?.[1] ?? (/^\d\S*$/.test(range) ? range : null);
  const pkg = packageOf('NuGet', name, pinned, { direct: true, ...(pinned === null ? { range: range === '' ? '*' : range } : {}) });
  list.add(`${name.toLowerCase()} ${pinned ?? range}`, pkg);
}

function addRepository(text: string, list: PackageList): void {
  const colon = text.indexOf(':');
  const [repository, ref] = colon === -1 ? [text, '*'] : [text.slice(0, colon), text.slice(colon + 1)];
  if (repository === '') return;
  const purl = ownPurl('github', repository, null, { isDivided: true });
  list.add(`github ${repository} ${ref}`, packageOf(null, repository, null, { purl, direct: true, range: ref }));
}
