import type { Scope } from '#model/reading.ts';
import type { Neighbours } from '#model/format.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import type { Read } from '#language/readers/decoded.ts';

/** One line of a manifest's dependency fields, as written. */
export type NpmDependency = { readonly name: string; readonly spec: string; readonly scope: Scope };

/** The fields of a package.json that formats need. `name` and `version` are null when absent or no text. */
export type NpmManifest = {
  readonly name: string | null;
  readonly version: string | null;
  /** As `scopesByReach` takes them: a name under `optionalDependencies` takes the place of the same name under `dependencies`, as npm does. */
  readonly dependencies: readonly NpmDependency[];
  /** Fields that are not what they should be, as sentences. */
  readonly flaws: readonly string[];
  /** Workspace folders or globs, as written. */
  readonly workspaces: readonly string[];
  /** Set by Unity's package manager, whose packages are not npm's. */
  readonly isUnity: boolean;
};

const fields: readonly (readonly [field: string, scope: Scope])[] = [
  ['dependencies', 'runtime'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
  ['devDependencies', 'development'],
];

/** A package.json of untrusted bytes. Fails when it is no JSON object. */
export function readNpmManifest(bytes: Uint8Array): Read<NpmManifest> {
  const json = readJson(bytes);
  if (!json.ok) return json;
  const root = asObject(json.value);
  if (root === null) return { ok: false, error: { code: 'not-package-json', message: 'The file is JSON, but not an object as package.json is.' } };
  const flaws: string[] = [];
  const workspaces = Array.isArray(root['workspaces']) ? root['workspaces'] : asArray(asObject(root['workspaces'])?.['packages']);
  return {
    ok: true,
    value: {
      name: asString(root['name']),
      version: asString(root['version']),
      dependencies: dependenciesOf(root, flaws),
      flaws,
      workspaces: workspaces.filter((each): each is string => typeof each === 'string'),
      isUnity: typeof root['unity'] === 'string',
    },
  };
}

/** The manifest beside a lockfile; null when there is none or it does not parse (its own format says so). */
export function neighbourManifest(neighbours: Neighbours, path: string): NpmManifest | null {
  const bytes = neighbours.read(path);
  const manifest = bytes === null ? null : readNpmManifest(bytes);
  return manifest?.ok === true ? manifest.value : null;
}

function dependenciesOf(root: Readonly<Record<string, unknown>>, flaws: string[]): readonly NpmDependency[] {
  const optional = asObject(root['optionalDependencies']) ?? {};
  const found: NpmDependency[] = [];
  for (const [field, scope] of fields) {
    const value = root[field];
    if (value === undefined || value === null) continue;
    const table = asObject(value);
    if (table === null) {
      flaws.push(`The field "${field}" is not an object.`);
      continue;
    }
    for (const [name, spec] of Object.entries(table)) {
      if (typeof spec !== 'string') flaws.push(`The field "${field}" has an entry whose range is not text.`);
      else if (field !== 'dependencies' || !Object.hasOwn(optional, name)) found.push({ name, spec, scope });
    }
  }
  return found;
}
