import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readJsonc } from '#language/readers/jsonc.ts';
import { packageList, type PackageList } from './shared/package-list.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { scopesByReach, type Root, type Use } from './shared/scopes-by-reach.ts';

/** Bun's lockfile in text. */
export const bunLock: Format = {
  id: 'bun-lock',
  version: 1,
  title: 'Bun lockfile',
  kind: 'lockfile',
  ecosystems: ['npm'],
  family: 'npm',
  spec: 'https://bun.com/docs/pm/lockfile',
  reads: 'Locked packages, edges, and directness and scope by walking from the workspaces, which stand in the lockfile itself.',
  cannotSee: 'Licences, and the older binary bun.lockb.',
  matchesPath: (path) => /(?:^|\/)bun\.lock$/.test(path),
  parse: readBunLock,
};

type Fields = Readonly<Record<string, unknown>>;

/** One entry of `packages`, by the place it is installed at. `index` is null for the firm's own, which are no entries of the inventory. */
type Installed = { readonly index: number | null; readonly fields: Fields };

const uses: readonly (readonly [field: string, scope: Scope])[] = [
  ['dependencies', 'runtime'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
  ['devDependencies', 'development'],
];

function readBunLock(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJsonc(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const lock = asObject(read.value) ?? {};
  if (lock['lockfileVersion'] === undefined || (lock['workspaces'] === undefined && lock['packages'] === undefined)) {
    log.error('not-this-format', 'The file is JSON, but has no lockfile version with workspaces or packages as bun.lock has.');
    return unread(...log.problems());
  }
  const list = packageList();
  const installed = new Map<string, Installed>();
  for (const [place, entry] of Object.entries(asObject(lock['packages']) ?? {})) {
    const found = installedAt(place, asArray(entry), list, log);
    if (found !== null) installed.set(place, found);
  }
  const links: Use[][] = list.packages().map(() => []);
  for (const [place, { index, fields }] of installed) {
    if (index === null) continue;
    for (const { to, scope } of usesOf(place, fields, installed)) {
      list.link(index, to);
      links[index]?.push({ to, optional: scope === 'optional' });
    }
  }
  return judged(list, links, rootsOf(asObject(lock['workspaces']) ?? {}, installed), log);
}

function judged(list: PackageList, links: readonly (readonly Use[])[], roots: readonly Root[], log: ProblemLog): ReadingResult {
  const scopes = scopesByReach(links, roots);
  const direct = new Set(roots.map((root) => root.index));
  const packages = list.packages().map((pkg, index) => ({ ...pkg, scope: scopes[index] ?? pkg.scope, direct: direct.has(index) }));
  return { packages, edges: list.edges(), problems: log.problems() };
}

/** `["name@version", registry, fields, integrity]`, and shorter for what comes from elsewhere. Null, with a problem, for anything else. */
function installedAt(place: string, entry: readonly unknown[], list: PackageList, log: ProblemLog): Installed | null {
  const spec = asString(entry[0]) ?? '';
  const at = spec.indexOf('@', 1);
  const [name, from] = [spec.slice(0, at), spec.slice(at + 1)];
  if (at < 1) {
    log.error('odd-package', `The package at ${quoted(place)} is not written as \`name@version\` and was left out.`);
    return null;
  }
  const fields = entry.map(asObject).find((each) => each !== null) ?? {};
  if (/^(?:workspace|link|file|root|folder):/.test(from)) return { index: null, fields };
  const version = /^\d/.test(from) ? from : null;
  const range = version === null && from !== '' ? { range: from } : {};
  const purl = purlOf('npm', name, version);
  const index = list.add(`${name} ${from}`, { ecosystem: 'npm', name, version, ...range, purl, scope: 'runtime', direct: null, licences: [] });
  return { index, fields };
}

function usesOf(place: string, fields: Fields, installed: ReadonlyMap<string, Installed>): readonly { readonly to: number; readonly scope: Scope }[] {
  return uses.slice(0, 3).flatMap(([field, scope]) =>
    Object.keys(asObject(fields[field]) ?? {}).flatMap((name) => {
      const to = resolved(place, name, installed)?.index ?? null;
      return to === null ? [] : [{ to, scope }];
    }),
  );
}

/** As Node does: the copy installed within the user, else within what holds the user, else at the top. */
function resolved(place: string, name: string, installed: ReadonlyMap<string, Installed>): Installed | null {
  const parts = place === '' ? [] : (place.match(/@[^/]+\/[^/]+|[^/]+/g) ?? []);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const found = installed.get([...parts.slice(0, depth), name].join('/'));
    if (found !== undefined) return found;
  }
  return null;
}

/** What the workspaces name; one that names another brings that one's own names itself. */
function rootsOf(workspaces: Fields, installed: ReadonlyMap<string, Installed>): readonly Root[] {
  return Object.values(workspaces).flatMap((workspace) => {
    const fields = asObject(workspace) ?? {};
    const place = asString(fields['name']) ?? '';
    return uses.flatMap(([field, scope]) =>
      Object.keys(asObject(fields[field]) ?? {}).flatMap((name) => {
        const index = resolved(place, name, installed)?.index ?? null;
        return index === null ? [] : [{ index, scope }];
      }),
    );
  });
}
