import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Bundler's lockfile. */
export const gemfileLock: Format = {
  id: 'gemfile-lock',
  version: 1,
  title: 'Bundler lockfile',
  kind: 'lockfile',
  ecosystems: ['RubyGems'],
  family: 'bundler',
  spec: 'https://bundler.io/guides/rationale.html#checking-your-code-into-version-control',
  reads: 'Locked gems from registries and Git with edges, and which of them the Gemfile asks for.',
  cannotSee: 'Groups such as development and test, which only the Gemfile (a program) knows; Ruby and Bundler themselves; licences.',
  matchesPath: (path) => /(?:^|\/)(?:Gemfile|gems)\.(?:lock|locked)$/.test(path) || /(?:^|\/)[^/]+\.gemfile\.lock$/.test(path),
  parse: readGemfileLock,
};

/** A gem of a `specs:` list. `index` is null for the firm's own gems from a path. */
type Spec = { readonly name: string; readonly index: number | null; readonly needs: string[] };
type Reading = { readonly list: PackageList; readonly log: ProblemLog; readonly specs: Spec[]; readonly asked: Set<string> };

function readGemfileLock(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const reading: Reading = { list: packageList(), log, specs: [], asked: new Set() };
  let section = '';
  let hasSection = false;
  for (const [at, line] of text.value.split(/\r?\n/).entries()) {
    if (/^(?:<{7}|={7}|>{7})/.test(line)) {
      log.error('merge-conflict', 'The lockfile has an unsolved merge conflict. Solve it and run `bundle lock`.', { line: at + 1 });
    } else if (/^\S/.test(line)) {
      section = line.trim();
      hasSection ||= /^[A-Z][A-Z ]+$/.test(section);
    } else if (line.trim() !== '') {
      readLine(line, at + 1, section, reading);
    }
  }
  if (!hasSection) log.error('not-this-format', 'The file has none of the sections of a Gemfile.lock, such as GEM.');
  return resultOf(reading);
}

function readLine(line: string, at: number, section: string, { list, log, specs, asked }: Reading): void {
  if (section === 'DEPENDENCIES') {
    const name = /^ {2}([^\s!(]+)/.exec(line)?.[1];
    if (name !== undefined) asked.add(name);
    return;
  }
  if (!['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'].includes(section)) return;
  const need = /^ {6}([^\s!(]+)/.exec(line)?.[1];
  if (need !== undefined) {
    specs.at(-1)?.needs.push(need);
    return;
  }
  const [, name, written] = /^ {4}(\S+)(?: \(([^)]*)\))?\s*$/.exec(line) ?? [];
  if (name === undefined) return;
  if (written === undefined || written === '') {
    log.warning('no-version', `${quoted(line.trim())} is no gem with a version; it was left out.`, { line: at });
    return;
  }
  // What follows the first hyphen is the platform: a gem version has none.
  const version = written.split('-', 1)[0] ?? written;
  const pkg = {
    ecosystem: 'RubyGems',
    name,
    version,
    purl: purlOf('RubyGems', name, version),
    scope: 'runtime',
    direct: null,
    licences: [],
  } as const;
  specs.push({ name, index: section === 'PATH' ? null : list.add(`${name} ${version}`, pkg), needs: [] });
}

/** What the firm's own gems need is direct, as is what the Gemfile asks for. */
function resultOf({ list, log, specs, asked }: Reading): ReadingResult {
  const indexes = new Map(specs.flatMap(({ name, index }) => (index === null ? [] : [[name, index] as const])));
  const direct = new Set(asked);
  for (const { index, needs } of specs) {
    for (const need of needs) {
      const target = indexes.get(need);
      if (index === null) direct.add(need);
      else if (target !== undefined) list.link(index, target);
    }
  }
  const packages = list.packages().map((pkg) => ({ ...pkg, direct: direct.has(pkg.name) }));
  return { packages, edges: list.edges(), problems: log.problems() };
}
