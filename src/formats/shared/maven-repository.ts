import type { Neighbours } from '#model/format.ts';
import { readXml } from '#language/readers/xml.ts';
import { mavenModel, type MavenModel } from './maven-model.ts';
import { interpolationOf } from './maven-properties.ts';
import { pathBeside } from './path-beside.ts';
import type { ProblemLog } from './problem-log.ts';

/** Coordinates that a POM is looked up by; `version` null when any will do. */
export type MavenCoordinates = { readonly groupId: string; readonly artifactId: string; readonly version: string | null };

/** The POMs of one source, each read once. */
export type MavenRepository = {
  /** The POM at a path; null when there is none that can be read. */
  modelAt(path: string): MavenModel | null;
  /** A POM and its parents as far as they are in the source, nearest first. */
  lineageOf(model: MavenModel): readonly MavenModel[];
  /** The POM of these coordinates among the modules near a lineage; null when it is not there, or after 500 searches. */
  find(wanted: MavenCoordinates, lineage: readonly MavenModel[]): MavenModel | null;
};

/** Longer lineages are cut off: no honest project has them. */
const maxLineage = 30;
/** A POM asks for its neighbours by their likely paths, not for every module of the build, and not without end. */
const maxCandidates = 40;
const maxModulesSeen = 1000;
const maxSearches = 500;

/** The repository behind these neighbours. POMs that are there but not well-formed are logged once. */
export function mavenRepository(neighbours: Neighbours, log: ProblemLog): MavenRepository {
  const models = new Map<string, MavenModel | null>();
  const read = (path: string): MavenModel | null => {
    const bytes = neighbours.read(path);
    if (bytes === null) return null;
    const document = readXml(bytes);
    if (document.ok && document.value.name === 'project') return mavenModel(path, document.value);
    if (!document.ok) log.unreadable(document.error, { path });
    return null;
  };
  const modelAt = (path: string): MavenModel | null => {
    const known = models.get(path);
    if (known !== undefined) return known;
    const model = read(path);
    models.set(path, model);
    return model;
  };
  const lineageOf = (model: MavenModel): readonly MavenModel[] => {
    const lineage = [model];
    const seen = new Set([model.path]);
    let parent = parentModelOf(model, modelAt);
    while (parent !== null && !seen.has(parent.path) && lineage.length < maxLineage) {
      seen.add(parent.path);
      lineage.push(parent);
      parent = parentModelOf(parent, modelAt);
    }
    return lineage;
  };
  let searches = 0;
  return {
    modelAt,
    lineageOf,
    find: (wanted, lineage) => {
      searches += 1;
      if (searches > maxSearches) return null;
      for (const path of candidatePaths(wanted.artifactId, lineage)) {
        const model = modelAt(path);
        if (model !== null && isAt(wanted, model, lineageOf)) return model;
      }
      return null;
    },
  };
}

/** Maven takes the POM at the relative path only when it has the coordinates that the child names. */
function parentModelOf(model: MavenModel, modelAt: (path: string) => MavenModel | null): MavenModel | null {
  const { parent } = model;
  if (parent?.relativePath == null) return null;
  const named = pathBeside(model.path, parent.relativePath);
  if (named === null) return null;
  const path = named.endsWith('.xml') ? named : named === '' ? 'pom.xml' : `${named}/pom.xml`;
  const found = modelAt(path);
  if (found === null || found.artifactId !== parent.artifactId) return null;
  const groupId = found.groupId ?? found.parent?.groupId ?? null;
  const version = found.version ?? found.parent?.version ?? null;
  return agree(groupId, parent.groupId) && agree(version, parent.version) ? found : null;
}

/** Equal, or not comparable since one is missing or a property. */
function agree(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b || a.includes('${') || b.includes('${');
}

/** Where a module of this name would lie: in a directory called like it, or in a module whose directory its name ends with. */
function candidatePaths(artifactId: string, lineage: readonly MavenModel[]): readonly string[] {
  const paths = new Set<string>();
  for (const model of lineage) {
    paths.add(model.path);
    const likely = model.modules
      .slice(0, maxModulesSeen)
      .filter((module) => isLikely(artifactId, module))
      .slice(0, maxCandidates);
    for (const reference of [artifactId, `../${artifactId}`, ...likely]) {
      const path = pathBeside(model.path, reference.endsWith('.xml') ? reference : `${reference}/pom.xml`);
      if (path !== null) paths.add(path);
    }
  }
  return [...paths].slice(0, maxCandidates);
}

function isLikely(artifactId: string, module: string): boolean {
  const directory = module
    .replace(/\/pom\.xml$/, '')
    .split('/')
    .at(-1);
  return directory !== undefined && directory !== '' && artifactId.endsWith(directory);
}

function isAt(wanted: MavenCoordinates, model: MavenModel, lineageOf: MavenRepository['lineageOf']): boolean {
  if (model.artifactId !== wanted.artifactId) return false;
  const fill = interpolationOf(lineageOf(model));
  const groupId = fill('${project.groupId}');
  const version = fill('${project.version}');
  return groupId === wanted.groupId && (wanted.version === null || version === null || version === wanted.version);
}
