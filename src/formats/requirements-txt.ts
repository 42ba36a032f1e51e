import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import type { ReadingResult, ReadPackage, Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { hashesOf } from './shared/hashes-of.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { pathBeside } from './shared/path-beside.ts';
import { normalisedPythonName, packageOfArchive, pinnedVersion, readRequirement } from './shared/pep508.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { logicalLines, type LogicalLine } from './shared/requirement-lines.ts';
import { withoutUser } from './shared/without-user.ts';

/** pip's requirements files with everything they include. */
export const requirementsTxt: Format = {
  id: 'requirements-txt',
  version: 1,
  title: 'pip requirements file',
  kind: 'lockfile',
  ecosystems: ['PyPI'],
  family: 'pypi',
  spec: 'https://pip.pypa.io/en/stable/reference/requirements-file-format/',
  reads: 'Requirements with their pinned versions, files included with `-r` and `-c`, and the `# via` notes of pip-compile.',
  cannotSee: 'What an unpinned requirement resolves to, and what the packages themselves need.',
  matchesPath: (path) => /(?:^|\/)(?:requirements[^/]*|[^/]+[-_.]requirements|requirements\/[^/]+)\.txt$/i.test(path),
  parse: (file, neighbours) => {
    const reading: Reading = { neighbours, log: problemLog(file.path), list: packageList(), pins: new Map(), seen: new Set([file.path]), found: [] };
    readFile(file, reading, { depth: 0, kind: 'requirements' });
    return resultOf(reading);
  },
};

/** Includes past these are refused: no honest project has them. */
const maxIncludeDepth = 20;
const maxIncludes = 200;

type Found = {
  readonly name: string;
  readonly version: string | null;
  readonly range: string;
  readonly scope: Scope;
  readonly via: readonly string[];
  readonly hashes: readonly string[];
};
type Place = { readonly depth: number; readonly kind: 'requirements' | 'constraints' };
type Reading = {
  readonly neighbours: Neighbours;
  readonly log: ProblemLog;
  readonly list: PackageList;
  /** Versions that constraints pin, by normalised name. */
  readonly pins: Map<string, string>;
  readonly seen: Set<string>;
  readonly found: Found[];
};

function readFile(file: InputFile, reading: Reading, place: Place): void {
  const text = decodeText(file.bytes);
  if (!text.ok) {
    reading.log.unreadable(text.error, { path: file.path });
    return;
  }
  const scope = scopeOf(file.path);
  for (const line of logicalLines(text.value)) {
    if (line.text.startsWith('-')) readOption(line, file, reading, place, scope);
    else readRequirementLine(line, file, reading, place, scope);
  }
}

function readOption(line: LogicalLine, file: InputFile, reading: Reading, place: Place, scope: Scope): void {
  const include = /^(?:-r|--requirement|-c|--constraint)(?:\s*=\s*|\s+|(?<=^-[rc]))(\S.*)$/.exec(line.text)?.[1];
  if (include !== undefined) {
    const kind = /^(?:-c|--c)/.test(line.text) ? 'constraints' : place.kind;
    includeFile(include.trim(), line, file, reading, { depth: place.depth + 1, kind });
    return;
  }
  const editable = /^(?:-e|--editable)(?:\s*=\s*|\s+)(\S.*)$/.exec(line.text)?.[1];
  if (editable !== undefined) {
    if (/^[a-z+]+:\/\//i.test(editable) && !editable.startsWith('file:')) addUrl(editable, line, file, reading, place, scope);
    return;
  }
  if (!/^(?:-[ifre]\b|--[a-z][a-z-]*)/.test(line.text)) {
    reading.log.warning('unknown-option', `pip has no option like ${quoted(line.text)}; the line was left out.`, {
      path: file.path,
      line: line.line,
    });
  }
}

function includeFile(reference: string, line: LogicalLine, file: InputFile, reading: Reading, place: Place): void {
  const at = { path: file.path, line: line.line };
  if (/^[a-z][a-z+]*:\/\//i.test(reference)) {
    reading.log.error(
      'remote-include',
      `The file includes ${quoted(withoutUser(reference))}, which is not fetched. Include a file of the repository.`,
      at,
    );
    return;
  }
  const path = pathBeside(file.path, reference);
  if (path === null) {
    reading.log.error('outside-include', `The file includes ${quoted(reference)}, which lies outside the source.`, at);
    return;
  }
  if (reading.seen.has(path)) return;
  if (place.depth > maxIncludeDepth || reading.seen.size > maxIncludes) {
    reading.log.error('too-many-includes', `The file includes others too deeply or too often; ${quoted(reference)} was left out.`, at);
    return;
  }
  reading.seen.add(path);
  const bytes = reading.neighbours.read(path);
  if (bytes === null) reading.log.error('missing-include', `The file includes ${quoted(reference)}, which is not there.`, at);
  else readFile({ path, bytes }, reading, place);
}

function readRequirementLine(line: LogicalLine, file: InputFile, reading: Reading, place: Place, scope: Scope): void {
  const text = line.text.split(/\s--?[a-z]/, 1)[0]?.trim() ?? '';
  if (isLocal(text)) return;
  const requirement = readRequirement(text);
  if (requirement === null && /^[a-z][a-z+]*:/i.test(text)) {
    addUrl(text, line, file, reading, place, scope);
    return;
  }
  if (requirement === null) {
    const message = `${quoted(text)} is no requirement that pip understands; the line was left out.`;
    reading.log.error('not-a-requirement', message, { path: file.path, line: line.line });
    return;
  }
  const { name, specifier, url } = requirement;
  if (isLocal(url)) return;
  const version = url === '' ? pinnedVersion(specifier) : (packageOfArchive(url)?.version ?? null);
  if (place.kind === 'constraints') {
    if (version !== null) reading.pins.set(normalisedPythonName(name), version);
    return;
  }
  if (specifier.includes('${')) {
    const message = `The version of ${quoted(name)} comes from an environment variable, so it is unknown here.`;
    reading.log.warning('environment-variable', message, { path: file.path, line: line.line });
  }
  reading.found.push({ name, version, range: url === '' ? specifier : withoutUser(url), scope, via: line.via, hashes: hashesIn(line.text) });
}

function addUrl(text: string, line: LogicalLine, file: InputFile, reading: Reading, place: Place, scope: Scope): void {
  if (place.kind === 'constraints') return;
  const archive = packageOfArchive(text);
  const name = /[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(text)?.[1] ?? archive?.name;
  if (name === undefined) {
    const message = `${quoted(withoutUser(text))} does not say which package it is. Write it as \`name @ url\`.`;
    reading.log.warning('unnamed-url', message, { path: file.path, line: line.line });
    return;
  }
  reading.found.push({ name, version: archive?.version ?? null, range: withoutUser(text), scope, via: line.via, hashes: hashesIn(line.text) });
}

function resultOf({ found, list, log, pins }: Reading): ReadingResult {
  const indexes = new Map<string, number>();
  for (const each of found) {
    const key = normalisedPythonName(each.name);
    const pkg = packageOf(each, each.version ?? pins.get(key) ?? null);
    const index = list.add(`${key} ${pkg.version ?? `range ${each.range}`}`, pkg);
    if (!indexes.has(key)) indexes.set(key, index);
  }
  for (const each of found) {
    const to = indexes.get(normalisedPythonName(each.name));
    for (const via of each.via) {
      const from = indexes.get(normalisedPythonName(via));
      if (from !== undefined && to !== undefined) list.link(from, to);
    }
  }
  return { packages: list.packages(), edges: list.edges(), problems: log.problems() };
}

/** `--hash=sha256:…` of pip, and what a URL says of itself behind its `#`. */
function hashesIn(line: string): readonly string[] {
  return [...line.matchAll(/(?:--hash[=\s]\s*|#|&)((?:sha1|sha256|sha512)[:=][0-9a-f]+)/gi)].map(([, written = '']) => written);
}

function packageOf({ name, range, scope, via, hashes }: Found, version: string | null): ReadPackage {
  return {
    ecosystem: 'PyPI',
    name,
    version,
    ...(version === null && range !== '' ? { range } : {}),
    purl: purlOf('PyPI', name, version),
    scope,
    direct: via.length === 0 ? null : via.some((each) => isFileReference(each)),
    licences: [],
    ...hashesOf(hashes),
  };
}

/** pip-compile names the file or project that asks for a package beside the packages that need it. */
function isFileReference(via: string): boolean {
  return /^-r |\(|\.(?:in|toml)$|^setup\.(?:py|cfg)$/.test(via);
}

function isLocal(text: string): boolean {
  return /^(?:\.{1,2}(?:[/\\]|$)|[/\\~]|[A-Za-z]:[/\\]|file:)/.test(text) || (/\.(?:whl|zip|tar\.gz|tgz)$/i.test(text) && !/[:@]/.test(text));
}

function scopeOf(path: string): Scope {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return /(?:^|[-_.])(?:dev|develop|development|test|tests|testing)(?:[-_.]|$)/.test(name) ? 'development' : 'runtime';
}
