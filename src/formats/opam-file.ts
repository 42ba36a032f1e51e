import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { readOpamSyntax, type OpamAtom, type OpamFile } from './shared/opam-syntax.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { purlOf } from '#language/purl.ts';

/** What OCaml's opam is asked for, has locked or has installed. */
export const opamFile: Format = {
  id: 'opam-file',
  version: 1,
  title: 'opam files and switches',
  kind: 'manifest',
  ecosystems: ['opam'],
  family: 'opam',
  spec: 'https://opam.ocaml.org/doc/Manual.html',
  reads:
    'The packages that `*.opam` asks for, with the versions that fit and what they are for; locked versions of `*.opam.locked`; what a switch has installed (switch-state, `opam switch export`, or lines of `name.version`).',
  cannotSee: 'What ranges come to, and libraries of the operating system (`depexts`).',
  matchesPath: (path) => /(?:\.opam(?:\.locked)?|(?:^|\/)opam|(?:^|\/)\.opam-switch\/(?:switch-state|install))$/.test(path),
  parse: parseOpam,
};

function parseOpam(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const list = packageList();
  if (!/^[ \t]*[a-z-]+[ \t]*:/m.test(text.value)) {
    addLines(text.value, list, log);
    return { packages: list.packages(), edges: [], problems: log.problems() };
  }
  const read = readOpamSyntax(text.value);
  if (read.badLine !== null)
    log.error('not-opam', 'From here on the file is not what opam writes, so what follows was not read.', { line: read.badLine });
  for (const { name } of read.fields.get('installed') ?? []) addInstalled(name, list, log);
  for (const atom of read.fields.get('depends') ?? []) addAsked(atom, 'runtime', list);
  for (const atom of read.fields.get('depopts') ?? []) addAsked(atom, 'optional', list);
  const known = ['opam-version', 'depends', 'depopts', 'installed', 'name'];
  if (!known.some((field) => read.fields.has(field))) log.error('not-this-format', 'The file has none of the fields of an opam file.');
  return { packages: list.packages(), edges: [], problems: log.problems(), ...subjectOf(read, file.path) };
}

/** A project's file names it, by a field or by its own name. */
function subjectOf({ fields }: OpamFile, path: string): Pick<ReadingResult, 'subject'> {
  if (fields.has('installed')) return {};
  const file = /([^/]+)\.opam(?:\.locked)?$/.exec(path)?.[1];
  const name = fields.get('name')?.[0]?.name ?? file;
  const version = fields.get('version')?.[0]?.name ?? null;
  return name === undefined || name === '' ? {} : { subject: { name, version, purl: purlOf('opam', name, version) } };
}

function addLines(text: string, list: PackageList, log: ProblemLog): void {
  for (const [at, raw] of text.split('\n').entries()) {
    const [entry = ''] = raw.trim().split(/\s+/, 1);
    if (entry !== '' && !entry.startsWith('#')) addInstalled(entry, list, log, at + 1);
  }
  if (text.trim() === '') log.error('empty', 'The file is empty.');
}

function addInstalled(entry: string, list: PackageList, log: ProblemLog, line?: number): void {
  const [, name, version] = /^([A-Za-z0-9_+-]+)\.(\S+)$/.exec(entry) ?? [];
  if (name !== undefined && version !== undefined) list.add(`${name} ${version}`, packageOf('opam', name, version));
  else log.error('bad-package', `${quoted(entry)} is no package with a version; it was left out.`, line === undefined ? undefined : { line });
}

const flags: readonly (readonly [flag: string, scope: Scope])[] = [
  ['with-test', 'test'],
  ['with-doc', 'development'],
  ['with-dev-setup', 'development'],
  ['dev', 'development'],
  ['build', 'build'],
];

function addAsked({ name, filter }: OpamAtom, otherwise: Scope, list: PackageList): void {
  const scope = flags.find(([flag]) => filter.includes(flag))?.[1] ?? otherwise;
  const bounds = boundsIn(filter);
  const pinned = bounds.length === 1 && !filter.includes('|') ? /^= (.+)$/.exec(bounds[0] ?? '')?.[1] : undefined;
  const told = pinned === undefined ? { range: bounds.length === 0 ? '*' : bounds.join(filter.includes('|') ? ' | ' : ' & ') } : {};
  list.add(`${name} ${pinned ?? ''}`, packageOf('opam', name, pinned ?? null, { ...told, scope, direct: true }));
}

/** `>= 4.08` and the like; a bound by a variable (`= version`) is the project's own version and no bound that we know. */
function boundsIn(filter: readonly string[]): readonly string[] {
  return filter.flatMap((token, at) => {
    const operator = filter[at - 1] ?? '';
    const isBound = token.startsWith('"') && /^(?:[<>=]|[<>!]=)$/.test(operator);
    return isBound ? [`${operator} ${token.slice(1, -1)}`] : [];
  });
}
