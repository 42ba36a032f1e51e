import type { MavenModel } from './maven-model.ts';

/** Fills `${…}` in a text; null when a property is unknown, refers to itself or grows without end. */
export type Interpolation = (text: string) => string | null;

/** Text that grows past this is a bomb, not a version. */
const maxLength = 1000;
/** Properties that stand on others further than this are no honest build's. */
const maxNesting = 50;

/**
 * Interpolation for a POM and its parents, nearest first. As in Maven, `project.*` means the nearest POM
 * wherever the text stands, and a child's property wins over its parent's.
 */
export function interpolationOf(lineage: readonly MavenModel[]): Interpolation {
  const values = new Map<string, string>();
  for (const model of lineage.toReversed()) {
    for (const [name, value] of model.properties) values.set(name, value);
  }
  for (const [name, value] of projectProperties(lineage[0])) {
    if (value === null) continue;
    for (const prefix of ['project.', 'pom.']) values.set(prefix + name, value);
    if (!values.has(name)) values.set(name, value);
  }
  const filled = new Map<string, string | null>();
  let nesting = 0;
  const valueOf = (name: string): string | null => {
    const known = filled.get(name);
    if (known !== undefined) return known;
    filled.set(name, null); // what is asked for again while it is being filled refers to itself
    const raw = values.get(name);
    nesting += 1;
    const value = raw === undefined || nesting > maxNesting ? null : fill(raw);
    nesting -= 1;
    filled.set(name, value);
    return value;
  };
  const fill: Interpolation = (text) => {
    if (text.length > maxLength) return null;
    const unknown: string[] = [];
    const result = text.replace(/\$\{([^{}]*)\}/g, (_, name: string) => {
      const value = valueOf(name.trim());
      if (value === null) unknown.push(name);
      return value ?? '';
    });
    return unknown.length === 0 && result.length <= maxLength && !result.includes('${') ? result : null;
  };
  return fill;
}

function projectProperties(model: MavenModel | undefined): readonly (readonly [string, string | null])[] {
  if (model === undefined) return [];
  const { parent } = model;
  return [
    ['groupId', model.groupId ?? parent?.groupId ?? null],
    ['artifactId', model.artifactId],
    ['version', model.version ?? parent?.version ?? null],
    ['parent.groupId', parent?.groupId ?? null],
    ['parent.artifactId', parent?.artifactId ?? null],
    ['parent.version', parent?.version ?? null],
  ];
}
