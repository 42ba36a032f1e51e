import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type ReadPackage } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { newestInGoSum, plainGoVersion, readGoDirectives, readGoSum, type GoDirective } from './shared/go-lines.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { pathBeside } from './shared/path-beside.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Go's module file, which since Go 1.17 lists every module of the build. */
export const goMod: Format = {
  id: 'go-mod',
  version: 1,
  title: 'go.mod',
  kind: 'lockfile',
  ecosystems: ['Go'],
  family: 'go',
  spec: 'https://go.dev/ref/mod#go-mod-file',
  reads:
    'Required modules after `replace` and `exclude`, direct or not; below Go 1.17 also the modules of go.sum beside it; the standard library as `stdlib`.',
  cannotSee:
    'Edges between modules, test-only use, and which Go really builds: `stdlib` has a version only where a `toolchain` line names one, otherwise a lower bound.',
  matchesPath: (path) => /(?:^|\/)go\.mod$/.test(path),
  parse: (file, neighbours) => parseGoMod(file, neighbours),
};

type Module = { readonly path: string; readonly version: string };
type Replacement = { readonly of: string; readonly by: Module | 'own' };

type GoFile = {
  readonly module: string | null;
  readonly go: string | null;
  readonly toolchain: string | null;
  readonly required: readonly (Module & { readonly isDirect: boolean })[];
  /** By `path@version`, or `path@` for every version. */
  readonly replacements: ReadonlyMap<string, Replacement['by']>;
  /** As `path@version`. */
  readonly excluded: ReadonlySet<string>;
};

function parseGoMod(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  if (text.value.trim() === '') {
    log.error('empty', 'The file is empty.');
    return unread(...log.problems());
  }
  const goFile = readGoFile(text.value, log);
  const list = packageList();
  for (const { path, version, isDirect } of goFile.required) {
    if (goFile.excluded.has(`${path}@${version}`)) continue;
    const used = replaced(goFile.replacements, path, version);
    if (used !== 'own') addModule(list, used, isDirect);
  }
  if (listsDirectOnly(goFile.go)) addFromGoSum(file, neighbours, goFile, list, log);
  const library = standardLibrary(goFile);
  if (library !== null) list.add('stdlib', library);
  const name = goFile.module;
  const subject = name === null ? {} : { subject: { name, version: null, purl: purlOf('Go', name, null) } };
  return { packages: list.packages(), edges: [], problems: log.problems(), ...subject };
}

function readGoFile(text: string, log: ProblemLog): GoFile {
  const { directives, bad } = readGoDirectives(text);
  for (const line of bad) log.error('bad-line', 'The line is no directive of a go.mod.', { line });
  const wordOf = (verb: string): string | null => directives.find((each) => each.verb === verb)?.words[0] ?? null;
  const required: (Module & { isDirect: boolean })[] = [];
  const replacements = new Map<string, Replacement['by']>();
  const excluded = new Set<string>();
  for (const directive of directives) {
    const [path, version] = directive.words;
    if (directive.verb === 'replace') {
      const replacement = replacementOf(directive.words);
      if (replacement === null) sayBadLine(directive, log);
      else replacements.set(replacement.of, replacement.by);
    } else if (directive.verb === 'require' || directive.verb === 'exclude') {
      if (path === undefined || version === undefined || !/^v\d/.test(version)) sayBadLine(directive, log);
      else if (directive.verb === 'exclude') excluded.add(`${path}@${version}`);
      else required.push({ path, version, isDirect: !directive.isIndirect });
    } else if (!otherVerbs.has(directive.verb)) {
      log.warning('unknown-directive', `The directive ${quoted(directive.verb)} is not known.`, { line: directive.line });
    }
  }
  return { module: wordOf('module'), go: wordOf('go'), toolchain: wordOf('toolchain'), required, replacements, excluded };
}

const otherVerbs: ReadonlySet<string> = new Set(['module', 'go', 'toolchain', 'retract', 'tool', 'godebug', 'ignore']);

function sayBadLine({ verb, line }: GoDirective, log: ProblemLog): void {
  log.error('bad-directive', `The ${verb} names no module with a version.`, { line });
}

/** `old [version] => new [version]`; a new one without version is a folder. */
function replacementOf(words: readonly string[]): Replacement | null {
  const arrow = words.indexOf('=>');
  const [path, version = ''] = words.slice(0, Math.max(0, arrow));
  const [by, byVersion] = words.slice(arrow + 1);
  if (arrow < 1 || arrow > 2 || path === undefined || by === undefined) return null;
  return { of: `${path}@${version}`, by: byVersion === undefined ? 'own' : { path: by, version: byVersion } };
}

/** A replacement of one version goes before one of all versions. */
function replaced(replacements: GoFile['replacements'], path: string, version: string): Module | 'own' {
  return replacements.get(`${path}@${version}`) ?? replacements.get(`${path}@`) ?? { path, version };
}

function addModule(list: PackageList, { path, version: written }: Module, direct: boolean): void {
  const version = plainGoVersion(written);
  list.add(`${path}\0${version}`, {
    ecosystem: 'Go',
    name: path,
    version,
    purl: purlOf('Go', path, version),
    scope: 'runtime',
    direct,
    licences: [],
  });
}

/** Before Go 1.17 a go.mod did not list what is only used by others; without a `go` line Go assumes 1.16. */
function listsDirectOnly(go: string | null): boolean {
  const [, major = '1', minor = '0'] = /^(\d+)\.(\d+)/.exec(go ?? '1.16') ?? [];
  return Number(major) < 1 || (Number(major) === 1 && Number(minor) < 17);
}

function addFromGoSum(file: InputFile, neighbours: Neighbours, goFile: GoFile, list: PackageList, log: ProblemLog): void {
  const path = pathBeside(file.path, 'go.sum');
  const bytes = path === null ? null : neighbours.read(path);
  const text = bytes === null ? null : decodeText(bytes);
  if (path === null || text === null) return;
  if (!text.ok) {
    log.unreadable(text.error, { path });
    return;
  }
  const { modules, bad } = readGoSum(text.value);
  for (const line of bad) log.error('bad-line', 'The line is no line of a go.sum.', { path, line });
  const known = new Set([...goFile.required.map((each) => each.path), ...list.packages().map((each) => each.name)]);
  for (const [name, version] of newestInGoSum(modules.filter((each) => each.hasCode))) {
    if (!known.has(name)) addModule(list, { path: name, version }, false);
  }
}

/** Go's own library, under the name that the Go vulnerability database gives it. https://go.dev/doc/toolchain */
function standardLibrary({ go, toolchain }: GoFile): ReadPackage | null {
  const named = /^go(\d+\.\d+(?:\.\d+)?(?:rc\d+|beta\d+)?)/.exec(toolchain ?? '')?.[1] ?? null;
  const least = /^\d+\.\d+(?:\.\d+)?(?:rc\d+|beta\d+)?$/.test(go ?? '') ? go : null;
  if (named === null && least === null) return null;
  const range = named === null ? { range: `>=${String(least)}` } : {};
  return {
    ecosystem: 'Go',
    name: 'stdlib',
    version: named,
    ...range,
    purl: purlOf('Go', 'stdlib', named),
    scope: 'runtime',
    direct: true,
    licences: [],
  };
}
