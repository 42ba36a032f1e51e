import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { denoSpecifier } from './shared/deno-specifier.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** Deno's lockfile, versions 2 to 5. */
export const denoLock: Format = {
  id: 'deno-lock',
  version: 1,
  title: 'deno.lock',
  kind: 'lockfile',
  ecosystems: ['npm'],
  family: 'deno',
  spec: 'https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files',
  reads: 'Lockfile versions 2 to 5: packages from npm and JSR with edges and hashes, and which of them the workspace asks for.',
  cannotSee: 'What is imported by address (`remote`): modules without a package or a version; what is only for development; licences.',
  matchesPath: (path) => /(?:^|\/)deno\.lock$/.test(path),
  parse: (file) => readDocument(file, readJson, fillDenoLock),
};

type Json = Readonly<Record<string, unknown>>;

/** The tables of one lockfile in the form of version 4, whatever its version. */
type Tables = { readonly npm: Json; readonly jsr: Json; readonly specifiers: Json; readonly asked: readonly unknown[] | null };

const versionsRead = ['2', '3', '4', '5'];

function fillDenoLock(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const version = asString(root?.['version']);
  if (root === null || version === null) {
    log.error('not-this-format', 'The file has no version, so it is not a lockfile of Deno.');
    return;
  }
  if (!versionsRead.includes(version)) {
    log.error('lockfile-version-not-read', `Lockfile version ${quoted(version)} is not read, only ${versionsRead.join(', ')}.`);
    return;
  }
  fillTables(tablesOf(root, version), list, log);
}

function tablesOf(root: Json, version: string): Tables {
  const old = asObject(root['npm']) ?? {};
  const middle = asObject(root['packages']) ?? {};
  if (version === '2') {
    const specifiers = Object.entries(asObject(old['specifiers']) ?? {}).map(([key, value]) => [`npm:${key}`, value] as const);
    return { npm: asObject(old['packages']) ?? {}, jsr: {}, specifiers: Object.fromEntries(specifiers), asked: specifiers.map(([key]) => key) };
  }
  const tables = version === '3' ? middle : root;
  const workspace = asObject(root['workspace']);
  return {
    npm: asObject(tables['npm']) ?? {},
    jsr: asObject(tables['jsr']) ?? {},
    specifiers: asObject(tables['specifiers']) ?? {},
    asked: workspace === null ? null : askedBy(workspace),
  };
}

function askedBy(workspace: Json): readonly unknown[] {
  const members = Object.values(asObject(workspace['members']) ?? {}).map((member) => asObject(member) ?? {});
  return [workspace, ...members].flatMap((each) => [...asArray(each['dependencies']), ...asArray(asObject(each['packageJson'])?.['dependencies'])]);
}

function fillTables({ npm, jsr, specifiers, asked }: Tables, list: PackageList, log: ProblemLog): void {
  const indexes = new Map<string, number>();
  for (const [registry, table] of [
    ['npm', npm],
    ['jsr', jsr],
  ] as const) {
    for (const [key, value] of Object.entries(table)) {
      const { name, version } = partsOf(key);
      if (name === '' || version === '') {
        log.error('bad-package', `The key ${quoted(key)} is no package with a version.`);
        continue;
      }
      const hashed = asString(asObject(value)?.['integrity']) !== null;
      const pkg =
        registry === 'npm'
          ? packageOf('npm', name, version, { hashed })
          : packageOf(null, name, version, { purl: ownPurl('jsr', name, version, { isDivided: true }), hashed });
      const index = list.add(`${registry}:${name}@${version}`, { ...pkg, direct: asked === null ? null : false });
      indexes.set(`${registry}:${key}`, index);
      // A dependency names no version where the lockfile has one only.
      indexes.set(`${registry}:${name}`, index);
    }
  }
  const resolved = (specifier: string): number | undefined => resolve(specifier, specifiers, indexes);
  for (const specifier of asked ?? []) {
    const index = typeof specifier === 'string' ? resolved(specifier) : undefined;
    const pkg = index === undefined ? undefined : list.packages()[index];
    const registry = pkg?.ecosystem === 'npm' ? 'npm' : 'jsr';
    if (pkg !== undefined) list.add(`${registry}:${pkg.name}@${pkg.version ?? ''}`, { ...pkg, direct: true });
  }
  for (const [key, value] of Object.entries(npm)) link(indexes.get(`npm:${key}`), npmUses(asObject(value) ?? {}), resolved, list);
  for (const [key, value] of Object.entries(jsr)) link(indexes.get(`jsr:${key}`), asArray(asObject(value)?.['dependencies']), resolved, list);
}

/** `@std/path@1.0.0`, or `react-dom@18.2.0_react@18.2.0`: what follows the `_` are the peers. */
function partsOf(key: string): { readonly name: string; readonly version: string } {
  const at = key.indexOf('@', 1);
  if (at === -1) return { name: key, version: '' };
  return { name: key.slice(0, at), version: key.slice(at + 1).split('_', 1)[0] ?? '' };
}

/** What an npm package uses: by alias up to version 3, a list since. */
function npmUses(fields: Json): readonly unknown[] {
  return [fields['dependencies'], fields['optionalDependencies']]
    .flatMap((uses) => [...asArray(uses), ...Object.values(asObject(uses) ?? {})])
    .map((use) => (typeof use === 'string' ? `npm:${use.slice(use.indexOf('@npm:') + (use.includes('@npm:') ? '@npm:'.length : 1))}` : null));
}

function resolve(specifier: string, specifiers: Json, indexes: ReadonlyMap<string, number>): number | undefined {
  const locked = Object.hasOwn(specifiers, specifier) ? asString(specifiers[specifier]) : null;
  const parts = denoSpecifier(specifier);
  if (locked === null || parts === null) return indexes.get(specifier);
  const { registry, name } = parts;
  return indexes.get(`${registry}:${name}@${locked}`) ?? indexes.get(locked) ?? indexes.get(`${registry}:${locked}`);
}

function link(from: number | undefined, uses: readonly unknown[], resolved: (specifier: string) => number | undefined, list: PackageList): void {
  for (const use of uses) {
    const to = typeof use === 'string' ? resolved(use) : undefined;
    if (from !== undefined && to !== undefined) list.link(from, to);
  }
}
