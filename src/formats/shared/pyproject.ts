import { asArray, asObject, asString } from '#language/readers/json.ts';
import { normalisedPythonName, readRequirement } from './pep508.ts';

/** Names (normalised) that a pyproject.toml asks for itself, by use; `subject` null when it does not name the project. */
export type PyprojectDependencies = {
  readonly runtime: ReadonlySet<string>;
  readonly optional: ReadonlySet<string>;
  readonly development: ReadonlySet<string>;
  readonly subject: { readonly name: string; readonly version: string | null; readonly purl: null } | null;
};

/** Direct dependencies of a read pyproject.toml, in the standard's tables and in Poetry's. https://packaging.python.org/en/latest/specifications/pyproject-toml/ */
export function pyprojectDependencies(document: unknown): PyprojectDependencies {
  const root = asObject(document) ?? {};
  const project = asObject(root['project']) ?? {};
  const poetry = asObject(asObject(root['tool'])?.['poetry']) ?? {};
  const runtime = new Set<string>(requirementNames(project['dependencies']));
  const optional = new Set<string>(Object.values(asObject(project['optional-dependencies']) ?? {}).flatMap(requirementNames));
  const development = new Set<string>(Object.values(asObject(root['dependency-groups']) ?? {}).flatMap(requirementNames));
  for (const [name, value] of Object.entries(asObject(poetry['dependencies']) ?? {})) {
    const key = normalisedPythonName(name);
    if (key === 'python') continue;
    if (asObject(value)?.['optional'] === true) optional.add(key);
    else runtime.add(key);
  }
  const groups = Object.values(asObject(poetry['group']) ?? {}).map((group) => asObject(group)?.['dependencies']);
  for (const table of [poetry['dev-dependencies'], ...groups]) {
    for (const name of Object.keys(asObject(table) ?? {})) development.add(normalisedPythonName(name));
  }
  const name = asString(project['name']) ?? asString(poetry['name']);
  const version = asString(project['version']) ?? asString(poetry['version']);
  return { runtime, optional, development, subject: name === null ? null : { name, version, purl: null } };
}

function requirementNames(list: unknown): readonly string[] {
  return asArray(list).flatMap((each) => {
    const requirement = readRequirement(asString(each) ?? '');
    return requirement === null ? [] : [normalisedPythonName(requirement.name)];
  });
}
