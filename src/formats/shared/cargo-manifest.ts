import type { Scope } from '#model/reading.ts';
import type { Neighbours } from '#model/format.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readToml } from '#language/readers/toml.ts';
import { strongerScope } from './package-list.ts';
import { pathBeside } from './path-beside.ts';

type Json = Readonly<Record<string, unknown>>;

/** For each crate of the workspace, by name: the crates it asks for and as what. */
export type CargoNeeds = ReadonlyMap<string, ReadonlyMap<string, Scope>>;

/**
 * Reads the Cargo.toml beside a Cargo.lock and those of its members that are named without a glob.
 * Crates whose manifest is not found are absent from the map. https://doc.rust-lang.org/cargo/reference/manifest.html
 */
export function cargoNeedsBeside(lockfile: string, neighbours: Neighbours): CargoNeeds {
  const needs = new Map<string, ReadonlyMap<string, Scope>>();
  const root = manifestAt(pathBeside(lockfile, 'Cargo.toml'), neighbours);
  if (root === null) return needs;
  const workspace = asObject(root['workspace']) ?? {};
  addNeeds(root, workspace, needs);
  const members = asArray(workspace['members'])
    .slice(0, maxMembers)
    .flatMap((member) => (typeof member !== 'string' || /[*?[]/.test(member) ? [] : (pathBeside(lockfile, `${member}/Cargo.toml`) ?? [])));
  neighbours.soon?.(members);
  for (const member of members) {
    const manifest = manifestAt(member, neighbours);
    if (manifest !== null) addNeeds(manifest, workspace, needs);
  }
  return needs;
}

/** Past this a list of members is not an honest one. */
const maxMembers = 2000;

const fields: readonly (readonly [field: string, scope: Scope])[] = [
  ['dependencies', 'runtime'],
  ['dev-dependencies', 'development'],
  ['dev_dependencies', 'development'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
];

function manifestAt(path: string | null, neighbours: Neighbours): Json | null {
  const bytes = path === null ? null : neighbours.read(path);
  const toml = bytes === null ? null : readToml(bytes);
  return toml?.ok === true ? asObject(toml.value) : null;
}

function addNeeds(manifest: Json, workspace: Json, needs: Map<string, ReadonlyMap<string, Scope>>): void {
  const name = asString(asObject(manifest['package'])?.['name']);
  if (name === null) return;
  const shared = asObject(workspace['dependencies']) ?? {};
  const found = new Map<string, Scope>();
  for (const { table, scope } of cargoTables(manifest)) {
    for (const [key, value] of Object.entries(table)) {
      const crate = crateName(key, value, shared);
      const used = asObject(value)?.['optional'] === true && scope === 'runtime' ? 'optional' : scope;
      found.set(crate, strongerScope(found.get(crate) ?? used, used));
    }
  }
  needs.set(name, found);
}

/** The tables of a manifest that ask for crates, those of single targets included. */
export function cargoTables(manifest: Json): readonly { readonly table: Json; readonly scope: Scope }[] {
  return [manifest, ...Object.values(asObject(manifest['target']) ?? {}).map(asObject)].flatMap((part) =>
    fields.map(([field, scope]) => ({ table: asObject(part?.[field]) ?? {}, scope })),
  );
}

/** What crates may inherit: of the manifest itself, where it is a workspace's root, else of the one that it names, else of the nearest above that is one. Empty where nothing is inherited. */
export function cargoWorkspaceOf(manifest: Json, path: string, neighbours: Neighbours): { readonly package: Json; readonly dependencies: Json } {
  const inherits = (table: Json) => Object.values(table).some((value) => asObject(value)?.['workspace'] === true);
  const isAsked = inherits(asObject(manifest['package']) ?? {}) || cargoTables(manifest).some(({ table }) => inherits(table));
  const workspace = asObject(manifest['workspace']) ?? (isAsked ? workspaceAbove(manifest, path, neighbours) : null);
  return { package: asObject(workspace?.['package']) ?? {}, dependencies: asObject(workspace?.['dependencies']) ?? {} };
}

function workspaceAbove(manifest: Json, path: string, neighbours: Neighbours): Json | null {
  const named = asString(asObject(manifest['package'])?.['workspace']);
  const above = path
    .split('/')
    .slice(1)
    .map((_, depth) => '../'.repeat(depth + 1));
  const folders = named === null ? above : [`${named}/`];
  for (const folder of folders) {
    const workspace = asObject(manifestAt(pathBeside(path, `${folder}Cargo.toml`), neighbours)?.['workspace']);
    if (workspace !== null) return workspace;
  }
  return null;
}

/** `package = "…"` gives the real name of a renamed crate, also where it is inherited from the workspace. */
function crateName(key: string, value: unknown, shared: Json): string {
  const entry = asObject(value);
  const inherited = entry?.['workspace'] === true && Object.hasOwn(shared, key) ? asObject(shared[key]) : null;
  return asString(entry?.['package']) ?? asString(inherited?.['package']) ?? key;
}
