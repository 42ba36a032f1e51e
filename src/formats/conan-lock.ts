import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import type { Scope } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** Conan's lockfile, of Conan 1 and 2. */
export const conanLock: Format = {
  id: 'conan-lock',
  version: 1,
  title: 'conan.lock',
  kind: 'lockfile',
  ecosystems: ['ConanCenter'],
  family: 'conan',
  spec: 'https://docs.conan.io/2/tutorial/versioning/lockfiles.html',
  reads:
    'Locked packages of Conan 1 (with edges, and what is asked for directly) and Conan 2; what is only for building, and whether a revision pins it.',
  cannotSee: 'In a lockfile of Conan 2: which package uses which. Options and profiles; licences.',
  matchesPath: (path) => /(?:^|\/)conan\.lock$/.test(path),
  parse: (file) => readDocument(file, readJson, fillConanLock),
};

type Json = Readonly<Record<string, unknown>>;

function fillConanLock(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const nodes = asObject(asObject(root?.['graph_lock'])?.['nodes']);
  if (root !== null && nodes !== null) {
    fillGraph(nodes, list, log);
    return;
  }
  const fields = [
    ['requires', 'runtime'],
    ['build_requires', 'build'],
    ['python_requires', 'build'],
  ] as const;
  if (!fields.some(([field]) => Array.isArray(root?.[field]))) {
    log.error('not-this-format', 'The file has neither `graph_lock` nor `requires` as conan.lock has.');
    return;
  }
  for (const [field, scope] of fields) {
    for (const value of asArray(root?.[field])) add(asString(value) ?? '', scope, null, list, log);
  }
}

/** Conan 1: nodes by number; one with a path is the firm's own. */
function fillGraph(nodes: Json, list: PackageList, log: ProblemLog): void {
  const indexes = new Map<string, number>();
  const entries = Object.entries(nodes).map(([id, value]) => [id, asObject(value) ?? {}] as const);
  const isOwn = (node: Json): boolean => asString(node['path']) !== null || (asString(node['ref']) ?? asString(node['pref'])) === null;
  const own = entries.filter(([, node]) => isOwn(node));
  const direct = new Set(own.flatMap(([, node]) => [...idsOf(node['requires']), ...idsOf(node['build_requires'])]));
  const built = new Set(entries.flatMap(([, node]) => idsOf(node['build_requires'])));
  for (const [id, node] of entries) {
    if (isOwn(node)) continue;
    const scope = node['context'] === 'build' || built.has(id) ? 'build' : 'runtime';
    const index = add(asString(node['ref']) ?? asString(node['pref']) ?? '', scope, direct.has(id), list, log);
    if (index !== null) indexes.set(id, index);
  }
  for (const [id, node] of entries) {
    for (const used of idsOf(node['requires'])) {
      const [from, to] = [indexes.get(id), indexes.get(used)];
      if (from !== undefined && to !== undefined) list.link(from, to);
    }
  }
}

/** A list of ids; by reference in the oldest lockfiles. */
function idsOf(value: unknown): readonly string[] {
  return [...asArray(value), ...Object.values(asObject(value) ?? {})].filter((each) => typeof each === 'string');
}

/** Adds `name/version@user/channel#revision:package`. */
function add(reference: string, scope: Scope, direct: boolean | null, list: PackageList, log: ProblemLog): number | null {
  const [place = ''] = reference.split(/[#%:]/, 1);
  const [, name, version, user, channel] = /^([^/@\s]+)\/([^/@\s]+)(?:@([^/@\s]+)\/([^/@\s]+))?$/.exec(place) ?? [];
  if (name === undefined || version === undefined) {
    log.error('bad-package', `${quoted(reference)} is no package with a version; it was left out.`);
    return null;
  }
  const purl = ownPurl('conan', name, version, { qualifiers: { user: user ?? null, channel: channel ?? null } });
  return list.add(`${place} ${scope}`, packageOf('ConanCenter', name, version, { purl, scope, direct, hashed: reference.includes('#') }));
}
