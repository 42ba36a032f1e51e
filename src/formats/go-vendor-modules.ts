import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { plainGoVersion } from './shared/go-lines.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import { pathBeside } from './shared/path-beside.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Go's list of what lies in `vendor`, read for itself only where no go.mod lies above it. */
export const goVendorModules: Format = {
  id: 'go-vendor-modules',
  version: 1,
  title: 'vendor/modules.txt without go.mod',
  kind: 'lockfile',
  ecosystems: ['Go'],
  family: 'go',
  spec: 'https://go.dev/ref/mod#vendoring',
  reads:
    'Where no go.mod lies beside the folder: the modules of which packages were copied, after `replace`. Otherwise nothing, since go.mod says the same.',
  cannotSee: 'Edges, and whether what was copied was changed by hand.',
  matchesPath: (path) => /(?:^|\/)vendor\/modules\.txt$/.test(path),
  parse: parseModules,
};

function parseModules(file: InputFile, neighbours: Neighbours): ReadingResult {
  const above = pathBeside(file.path, '../go.mod');
  if (above !== null && neighbours.read(above) !== null) return unread();
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const list = packageList();
  let module: Module | null = null;
  let isExplicit: boolean | null = null;
  for (const [at, raw] of text.value.split('\n').entries()) {
    const line = raw.trim();
    if (line.startsWith('# ')) [module, isExplicit] = [moduleOf(line.slice(2), at + 1, log), null];
    else if (line.startsWith('##')) isExplicit = /^##\s*explicit\b/.test(line);
    else if (line !== '' && module !== null) add(module, isExplicit === true, list);
    else if (line !== '' && isExplicit === null && list.packages().length === 0)
      log.error('bad-line', 'A package stands before any module.', { line: at + 1 });
  }
  if (text.value.trim() === '') log.error('empty', 'The file is empty.');
  return { packages: list.packages(), edges: [], problems: log.problems() };
}

type Module = { readonly path: string; readonly version: string };

/** Of a heading, `path version [=> path version]`; null for what is kept in an own folder, and for what is no module. */
function moduleOf(heading: string, line: number, log: ProblemLog): Module | null {
  const [written = '', by] = heading.split(' => ', 2);
  const [path = '', version, ...more] = written.trim().split(/\s+/);
  const [newPath = '', newVersion = '', ...beyond] = by === undefined ? [path, version] : by.trim().split(/\s+/);
  if (by !== undefined && newVersion === '' && /^\.{0,2}\//.test(newPath)) return null; // the firm's own
  if (more.length === 0 && beyond.length === 0 && fits(newPath, newVersion)) return { path: newPath, version: newVersion };
  log.error('bad-module', `${quoted(heading)} is no module with a version; it was left out.`, { line });
  return null;
}

/** From the second major version on the path names it: `example.com/mod/v2 v2.1.0`. https://go.dev/ref/mod#major-version-suffixes */
function fits(path: string, version: string): boolean {
  const major = /^v(\d+)\.\d+\.\d+/.exec(version)?.[1];
  const named = /\/v([2-9]|\d{2,})$/.exec(path)?.[1] ?? /^gopkg\.in\/.*\.v(\d+)$/.exec(path)?.[1];
  return major !== undefined && (named === undefined || named === major);
}

function add({ path, version: written }: Module, direct: boolean, list: PackageList): void {
  const version = plainGoVersion(written);
  list.add(`${path} ${version}`, packageOf('Go', path, version, { direct }));
}
