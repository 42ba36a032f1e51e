import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type ReadPackage, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { hashesOf } from './shared/hashes-of.ts';
import { neighbourManifest, type NpmManifest } from './shared/npm-manifest.ts';
import { isNpmName, isOwnSpec, npmSpec, withoutCredentials } from './shared/npm-spec.ts';
import { packageList, strongerScope } from './shared/package-list.ts';
import { pathBeside } from './shared/path-beside.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { scopesByReach, type Root, type Use } from './shared/scopes-by-reach.ts';
import { takenFrom } from './shared/taken-from.ts';
import { readYarnEntries, type YarnEntry } from './shared/yarn-entries.ts';

/** yarn's lockfile, of yarn 1 and of yarn berry. */
export const yarnLock: Format = {
  id: 'yarn-lock',
  version: 2,
  title: 'yarn.lock',
  kind: 'lockfile',
  ecosystems: ['npm'],
  family: 'npm',
  spec: 'https://classic.yarnpkg.com/lang/en/docs/yarn-lock/',
  reads:
    'Lockfiles of yarn 1 and yarn berry: packages with edges; with package.json beside them also what is direct and what is only for development.',
  cannotSee: 'What a local folder or archive contains; with yarn 1 what a workspace behind a glob (`packages/*`) asks for.',
  matchesPath: (path) => /(?:^|\/)yarn\.lock$/.test(path),
  matchesContent: (head) => /^# yarn lockfile v1$/m.test(head) || /^__metadata:$/m.test(head),
  parse: (file, neighbours) => parseYarnLock(file, neighbours),
};

/** An entry and what it installs; null when that is the firm's own or not readable. */
type Node = { readonly entry: YarnEntry; readonly installs: Installed | null; readonly workspace: string | null };
type Installed = {
  readonly name: string;
  readonly version: string | null;
  readonly address: string;
  readonly resolved: string;
  readonly isHashed: boolean;
  /** Of the archive as published; what Yarn 2 and newer write is of their own archive. */
  readonly integrity: string | undefined;
};

function parseYarnLock(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  // A format that asks for a neighbour is run again once it is there, so ask before the work.
  const early = text.value.includes('__metadata') ? null : yarn1Manifests(file, neighbours);
  const { entries, flaws } = readYarnEntries(text.value);
  for (const { code, line } of flaws) {
    const message =
      code === 'merge-conflict' ? 'The file holds an unsolved merge conflict; both sides were read.' : 'The line is no line of a yarn.lock.';
    log.error(code, message, { line });
  }
  const isBerry = entries.some((entry) => entry.keys[0] === '__metadata');
  if (entries.length === 0 && flaws.length === 0 && !text.value.includes('yarn lockfile')) log.error('empty', 'The file is empty.');
  const nodes = entries.filter((entry) => entry.keys[0] !== '__metadata').map((entry) => nodeOf(entry, isBerry, log));
  const numberOf = finderOf(nodes);
  const uses = nodes.map((node) => usesOf(node.entry, numberOf));
  const known = isBerry ? berryRoots(file, neighbours, nodes, uses, numberOf) : yarn1Roots(early ?? yarn1Manifests(file, neighbours), numberOf);
  return resultOf(nodes, uses, known, log);
}

/** What the project asks for. `complete` is false when some of its workspaces could not be found. */
type Known = { readonly roots: readonly Root[]; readonly complete: boolean };

function resultOf(nodes: readonly Node[], uses: readonly (readonly Use[])[], known: Known, log: ProblemLog): ReadingResult {
  const scopes = scopesByReach(uses, known.roots);
  const direct = new Set(known.roots.map((root) => root.index));
  // What nothing leads to, such as the unpatched twin of a patched package, takes the scope of an equal package that is reached.
  const reached = new Map<string, Scope>();
  for (const [number, { installs }] of nodes.entries()) {
    const scope = scopes[number];
    if (installs !== null && scope !== undefined) reached.set(keyOf(installs), strongerScope(scope, reached.get(keyOf(installs)) ?? scope));
  }
  const list = packageList();
  const indexes = nodes.map(({ installs }, number): number | null => {
    if (installs === null) return null;
    const key = keyOf(installs);
    // A weaker scope is only proved when every root is known.
    const scope = (known.complete ? reached.get(key) : undefined) ?? 'runtime';
    return list.add(key, packageOf(installs, scope, direct.has(number) || (known.complete ? false : null)));
  });
  for (const [number, targets] of uses.entries()) {
    const from = indexes[number] ?? null;
    for (const { to } of targets) {
      const index = indexes[to] ?? null;
      if (from !== null && index !== null) list.link(from, index);
    }
  }
  return { packages: list.packages(), edges: list.edges(), problems: log.problems() };
}

function keyOf({ name, version, address }: Installed): string {
  return `${name}\0${version ?? ''}\0${address}`;
}

function packageOf({ name, version, address, resolved, isHashed, integrity }: Installed, scope: Scope, direct: boolean | null): ReadPackage {
  const range = version === null ? { range: address } : {};
  const supply = { ...takenFrom(resolved), hashed: isHashed, ...hashesOf([integrity, /#([0-9a-f]{40})$/.exec(resolved)?.[1]]) };
  return { ecosystem: 'npm', name, version, ...range, purl: purlOf('npm', name, version), scope, direct, licences: [], ...supply };
}

function nodeOf(entry: YarnEntry, isBerry: boolean, log: ProblemLog): Node {
  const key = entry.keys[0] ?? '';
  const resolution = isBerry ? (entry.fields.get('resolution') ?? key) : key;
  const at = resolution.indexOf('@', 1);
  const installedAs = at === -1 ? resolution : resolution.slice(0, at);
  const range = at === -1 ? '' : resolution.slice(at + 1);
  const resolved = entry.fields.get('resolved') ?? '';
  if (range.startsWith('workspace:')) return { entry, installs: null, workspace: range.slice('workspace:'.length) };
  if (isOwnSpec(range) || resolved.startsWith('file:') || entry.fields.get('linkType') === 'soft') return { entry, installs: null, workspace: null };
  if (!isBerry && resolved === '' && isUnknownProtocol(range)) {
    log.warning('unknown-protocol', `${quoted(key)} uses a protocol that yarn does not have, so nothing is known of its origin. It was left out.`, {
      line: entry.line,
    });
    return { entry, installs: null, workspace: null };
  }
  const spec = npmSpec(installedAs, range);
  const name = !isBerry && spec.kind === 'registry' ? spec.name : installedAs;
  const version = entry.fields.get('version') ?? null;
  const address = version === null ? withoutCredentials(range) : '';
  if (!isNpmName(name) || (version === null && address === '')) {
    log.error('bad-package', `The entry ${quoted(key)} names no package with a version.`, { line: entry.line });
    return { entry, installs: null, workspace: null };
  }
  // Yarn 1 writes the hash of old entries behind the `#` of their address.
  const isHashed = entry.fields.has('integrity') || entry.fields.has('checksum') || /#[0-9a-f]{40}$/.test(resolved);
  return { entry, installs: { name, version, address, resolved, isHashed, integrity: entry.fields.get('integrity') }, workspace: null };
}

function isUnknownProtocol(range: string): boolean {
  return /^[a-z][a-z+.-]*:/i.test(range) && !/^(?:npm|git(?:\+\w+)?|ssh|https?|github|gitlab|bitbucket|gist|patch|exec):/i.test(range);
}

type NumberOf = (name: string, range: string) => number | undefined;

/**
 * Finds the entry for a dependency as package.json or an entry writes it. Older berry lockfiles leave out `npm:` there,
 * and a patched package stands for the unpatched one: `a@patch:a@npm%3A^1.0.0#…` for `a@npm:^1.0.0`.
 */
function finderOf(nodes: readonly Node[]): NumberOf {
  const numbers = new Map<string, number>();
  for (const [number, { entry }] of nodes.entries()) {
    for (const key of entry.keys) numbers.set(key, number);
  }
  for (const [number, { entry }] of nodes.entries()) {
    for (const key of entry.keys) {
      if (!key.includes('@patch:')) continue;
      const source = /^@?[^@]+@patch:([^#]+)#/.exec(key)?.[1]?.replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%40', '@');
      if (source !== undefined) numbers.set(source, number);
    }
  }
  return (name, range) => numbers.get(`${name}@${range}`) ?? numbers.get(`${name}@npm:${range}`);
}

const nobody: ReadonlySet<string> = new Set();

function usesOf(entry: YarnEntry, numberOf: NumberOf): readonly Use[] {
  const optionals = entry.blocks.get('optionalDependencies') ?? [];
  const optional = optionals.length === 0 ? nobody : new Set(optionals.map(([name]) => name));
  const uses: Use[] = [];
  for (const block of ['dependencies', 'optionalDependencies']) {
    for (const [name, range] of entry.blocks.get(block) ?? []) {
      const to = numberOf(name, range);
      if (to !== undefined) uses.push({ to, optional: optional.has(name) });
    }
  }
  return uses;
}

/** Workspaces are entries of the file; only what is for development must be asked of their package.json. */
function berryRoots(file: InputFile, neighbours: Neighbours, nodes: readonly Node[], uses: readonly (readonly Use[])[], numberOf: NumberOf): Known {
  const roots: Root[] = [];
  const manifestOf = (workspace: string): string | null => pathBeside(file.path, `${workspace}/package.json`);
  neighbours.soon?.(nodes.flatMap(({ workspace }) => (workspace === null ? [] : (manifestOf(workspace) ?? []))));
  for (const [number, { workspace }] of nodes.entries()) {
    if (workspace === null) continue;
    const path = manifestOf(workspace);
    const manifest = path === null ? null : neighbourManifest(neighbours, path);
    const named = manifest === null ? [] : rootsOf(manifest, numberOf);
    const seen = new Set(named.map((root) => root.index));
    for (const root of named) roots.push(root);
    for (const { to } of uses[number] ?? []) if (!seen.has(to)) roots.push({ index: to, scope: 'runtime' });
  }
  return { roots, complete: roots.length > 0 || nodes.some((node) => node.workspace !== null) };
}

/** Past this a list of workspaces is not an honest one. */
const maxWorkspaces = 2000;

/** The package.json beside the lockfile and those of its workspaces. `complete` is false when one is not there or cannot be named. */
type Manifests = { readonly found: readonly NpmManifest[]; readonly complete: boolean };

function yarn1Manifests(file: InputFile, neighbours: Neighbours): Manifests {
  const path = pathBeside(file.path, 'package.json');
  const manifest = path === null ? null : neighbourManifest(neighbours, path);
  if (manifest === null) return { found: [], complete: false };
  const members = manifest.workspaces
    .slice(0, maxWorkspaces)
    .map((workspace) => (/[*?{[!]/.test(workspace) ? null : pathBeside(file.path, `${workspace}/package.json`)));
  neighbours.soon?.(members.filter((member) => member !== null));
  const found = members.map((member) => (member === null ? null : neighbourManifest(neighbours, member)));
  return { found: [manifest, ...found.filter((each) => each !== null)], complete: !found.includes(null) };
}

function yarn1Roots({ found, complete }: Manifests, numberOf: NumberOf): Known {
  return { roots: found.flatMap((manifest) => rootsOf(manifest, numberOf)), complete };
}

function rootsOf(manifest: NpmManifest, numberOf: NumberOf): readonly Root[] {
  return manifest.dependencies.flatMap(({ name, spec, scope }) => {
    const index = numberOf(name, spec);
    return index === undefined ? [] : [{ index, scope }];
  });
}
