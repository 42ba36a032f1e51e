import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asObject, asString } from '#language/readers/json.ts';
import { readYamlDocuments } from '#language/readers/yaml.ts';
import { hashesOf } from './shared/hashes-of.ts';
import { isNpmName } from './shared/npm-spec.ts';
import { packageList } from './shared/package-list.ts';
import { readDepPath, withoutPeers } from './shared/pnpm-dep-path.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { scopesByReach, type Root, type Use } from './shared/scopes-by-reach.ts';
import { takenFrom } from './shared/taken-from.ts';

/** pnpm's lockfile, versions 5, 6 and 9. */
export const pnpmLock: Format = {
  id: 'pnpm-lock',
  version: 2,
  title: 'pnpm-lock.yaml',
  kind: 'lockfile',
  ecosystems: ['npm'],
  family: 'npm',
  spec: 'https://github.com/pnpm/spec/tree/master/lockfile',
  reads:
    'Lockfile versions 5, 6 and 9: packages with edges, what the workspaces ask for, and the scope by the strongest way that leads to a package.',
  cannotSee:
    'What a local folder or archive contains, JavaScript runtimes (`runtime:`), and pnpm itself with its configuration packages (the first document since pnpm 11).',
  matchesPath: (path) => /(?:^|\/)pnpm-lock\.yaml$/.test(path),
  matchesContent: (head) => /^lockfileVersion:/m.test(head),
  parse: (file) => parsePnpmLock(file),
};

type Json = Readonly<Record<string, unknown>>;

/** The tables of one lockfile in the form of version 9, whatever its version. */
type Tables = {
  readonly major: number;
  readonly packages: Json;
  /** What each installed package uses, by key with peers. The same table as `packages` before version 9. */
  readonly snapshots: Json;
  readonly importers: readonly Json[];
};

function parsePnpmLock(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const yaml = readYamlDocuments(file.bytes);
  if (!yaml.ok) {
    log.unreadable(yaml.error);
    return unread(...log.problems());
  }
  const documents = yaml.value.filter((each) => each !== null && each !== undefined);
  if (documents.length === 0) {
    log.error('empty', 'The file is empty.');
    return unread(...log.problems());
  }
  const list = packageList();
  for (const document of documents) {
    const tables = tablesOf(document, log);
    if (tables !== null) readTables(tables, list, log);
  }
  return { packages: list.packages(), edges: list.edges(), problems: log.problems() };
}

const majorsRead = [5, 6, 9];

function tablesOf(document: unknown, log: ProblemLog): Tables | null {
  const root = asObject(document);
  const written = root?.['lockfileVersion'];
  if (root === null || (typeof written !== 'string' && typeof written !== 'number')) {
    log.error('not-pnpm-lock', 'The file has no lockfileVersion, so it is not a lockfile of pnpm.');
    return null;
  }
  const major = Math.trunc(Number.parseFloat(String(written)));
  if (!majorsRead.includes(major)) {
    log.error(
      'lockfile-version-not-read',
      `Lockfile version ${quoted(String(written))} is not read, only ${majorsRead.join(', ')}. Write it again with pnpm 7 or later.`,
    );
    return null;
  }
  const importers = tableOf(root, 'importers', log);
  const known =
    importers === null
      ? [root]
      : Object.values(importers)
          .map(asObject)
          .filter((each) => each !== null);
  // Since pnpm 11 a first document locks pnpm itself and what configures it: tools of the workshop, not contents of the product.
  if (known.length > 0 && known.every((importer) => 'packageManagerDependencies' in importer)) return null;
  const packages = tableOf(root, 'packages', log) ?? {};
  return { major, packages, snapshots: major >= 9 ? (tableOf(root, 'snapshots', log) ?? {}) : packages, importers: known };
}

function tableOf(root: Json, field: string, log: ProblemLog): Json | null {
  const value = root[field];
  if (value === undefined || value === null) return null;
  const table = asObject(value);
  if (table === null) log.error('bad-field', `The field "${field}" is not a table.`);
  return table;
}

function readTables(tables: Tables, list: ReturnType<typeof packageList>, log: ProblemLog): void {
  const nodes = nodesOf(tables, log);
  const keys = [...nodes.keys()];
  const numbers = new Map(keys.map((key, number) => [key, number]));
  const numberOf = (alias: string, reference: string): number | undefined =>
    numbers.get(`${alias}@${reference}`) ??
    numbers.get(`/${alias}@${reference}`) ??
    numbers.get(`/${alias}/${reference}`) ??
    numbers.get(reference) ??
    numbers.get(`/${reference}`);
  const uses = keys.map((key) => usesOf(nodes.get(key)?.uses ?? {}, numberOf));
  const roots = tables.importers.flatMap((importer) => rootsOf(importer, numberOf));
  const scopes = scopesByReach(uses, roots);
  const direct = new Set(roots.map((root) => root.index));
  const indexes = keys.map((key, number): number | null => {
    const node = nodes.get(key);
    if (node === undefined || node.own) return null;
    const { name, version, address } = node;
    return list.add(`${name}\0${version ?? ''}\0${version === null ? address : ''}`, {
      ecosystem: 'npm',
      name,
      version,
      ...(version === null ? { range: address } : {}),
      purl: purlOf('npm', name, version),
      scope: scopes[number] ?? node.scope,
      direct: direct.has(number),
      licences: [],
      ...takenFrom(node.tarball),
      hashed: node.isHashed,
      ...hashesOf([node.integrity]),
    });
  });
  for (const [number, targets] of uses.entries()) {
    const from = indexes[number] ?? null;
    for (const { to } of targets) {
      const index = indexes[to] ?? null;
      if (from !== null && index !== null) list.link(from, index);
    }
  }
}

type Node = {
  readonly name: string;
  readonly version: string | null;
  /** Where it comes from, when that is no registry; empty otherwise. */
  readonly address: string;
  readonly own: boolean;
  /** Address of the archive, where it is not where the registry has it. */
  readonly tarball: string | null;
  readonly isHashed: boolean;
  readonly integrity: string | null;
  /** What the entry itself says, for a package that nothing leads to. */
  readonly scope: Scope;
  /** The entry whose dependencies are its edges. */
  readonly uses: Json;
};

/** Every installed package by its key. Version 9 may list a package without a snapshot when the file was cut by hand; it is kept. */
function nodesOf({ major, packages, snapshots }: Tables, log: ProblemLog): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  const addNode = (key: string, entry: Json, uses: Json): void => {
    const node = nodeOf(key, major, entry, uses);
    if (node === 'runtime') return;
    if (node === null) log.warning('bad-package', `The key ${quoted(key)} names no package with a version or an origin.`);
    else nodes.set(key, node);
  };
  const installed = new Set<string>();
  for (const [key, value] of Object.entries(snapshots)) {
    const base = major >= 9 ? withoutPeers(key) : key;
    installed.add(base);
    addNode(key, asObject(ownValue(packages, base)) ?? {}, asObject(value) ?? {});
  }
  for (const [key, value] of Object.entries(packages)) {
    if (!installed.has(key)) addNode(key, asObject(value) ?? {}, {});
  }
  return nodes;
}

function nodeOf(key: string, major: number, entry: Json, uses: Json): Node | 'runtime' | null {
  const path = readDepPath(key, major);
  if (path === null) return null;
  if (path.address?.startsWith('runtime:') === true) return 'runtime';
  const resolution = asObject(entry['resolution']) ?? {};
  const isOwn = path.own || resolution['type'] === 'directory' || (asString(resolution['tarball']) ?? '').startsWith('file:');
  const name = asString(entry['name']) ?? path.name;
  const version = path.version ?? asString(entry['version']);
  const address = path.address ?? '';
  if (!isOwn && (!isNpmName(name) || (version === null && address === ''))) return null;
  const scope = entry['dev'] === true ? 'development' : entry['optional'] === true ? 'optional' : 'runtime';
  const [integrity, tarball] = [asString(resolution['integrity']), asString(resolution['tarball'])];
  const isHashed = integrity !== null || asString(resolution['commit']) !== null;
  return { name, version: version === '' ? null : version, address, own: isOwn, tarball, isHashed, integrity, scope, uses };
}

function usesOf(entry: Json, numberOf: (alias: string, reference: string) => number | undefined): readonly Use[] {
  const uses: Use[] = [];
  for (const field of ['dependencies', 'optionalDependencies']) {
    for (const [alias, reference] of Object.entries(asObject(entry[field]) ?? {})) {
      const to = typeof reference === 'string' ? numberOf(alias, reference) : undefined;
      if (to !== undefined) uses.push({ to, optional: field === 'optionalDependencies' });
    }
  }
  return uses;
}

function rootsOf(importer: Json, numberOf: (alias: string, reference: string) => number | undefined): readonly Root[] {
  const fields = [
    ['dependencies', 'runtime'],
    ['optionalDependencies', 'optional'],
    ['devDependencies', 'development'],
  ] as const;
  const roots: Root[] = [];
  for (const [field, scope] of fields) {
    for (const [alias, value] of Object.entries(asObject(importer[field]) ?? {})) {
      // A text in version 5, `{specifier, version}` since.
      const reference = asString(value) ?? asString(asObject(value)?.['version']);
      const index = reference === null ? undefined : numberOf(alias, reference);
      if (index !== undefined) roots.push({ index, scope });
    }
  }
  return roots;
}

function ownValue(table: Json, key: string): unknown {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
