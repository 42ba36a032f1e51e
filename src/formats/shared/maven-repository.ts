import type { Neighbours } from '#model/format.ts';
import { mavenDocument, modelInDocument } from './maven-document.ts';
import { pomBeside, type MavenModel } from './maven-model.ts';
import { interpolationOf } from './maven-properties.ts';
import type { ProblemLog } from './problem-log.ts';

/** Coordinates that a POM is looked up by; `version` null when any will do. */
export type MavenCoordinates = { readonly groupId: string; readonly artifactId: string; readonly version: string | null };

/** The POMs of one source, each read once. */
export type MavenRepository = {
  /** The POM at a path; null when there is none that can be read. */
  modelAt(path: string): MavenModel | null;
  /** A POM and its parents as far as they are in the source, nearest first. */
  lineageOf(model: MavenModel): readonly MavenModel[];
  /**
   * The POM of these coordinates among the modules of the lineage's build; null when it is not there, or after 500 searches.
   * One of a group foreign to the lineage is looked for only where the build declares a module that is named like it.
   */
  find(wanted: MavenCoordinates, lineage: readonly MavenModel[]): MavenModel | null;
  /** Says what will be searched, so that the POMs at the likely places come together. */
  expect(wanted: readonly MavenCoordinates[], lineage: readonly MavenModel[]): void;
};

/** Longer lineages are cut off: no honest project has them. */
const maxLineage = 30;
/** A POM asks for its neighbours by their likely paths first, and not without end. */
const maxCandidates = 40;
const maxModulesEntered = 200;
const maxSearches = 500;

/** The repository behind these neighbours. POMs that are there but not well-formed are logged once. */
export function mavenRepository(neighbours: Neighbours, log: ProblemLog): MavenRepository {
  const models = new Map<string, MavenModel | null>();
  const read = (path: string): MavenModel | null => {
    const bytes = neighbours.read(path);
    if (bytes === null) return null;
    const document = mavenDocument(bytes);
    if (document.ok && document.value.name === 'project') return modelInDocument(path, document.value);
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
  const entered = new Set<string>();
  const awaited = new Set<string>();
  const enter: Enter = (paths) => {
    neighbours.soon?.(paths.filter((path) => !models.has(path)));
    const found = paths.flatMap((path) => modelAt(path) ?? []);
    if (paths.some((path) => !entered.has(path)))
      neighbours.soon?.(found.flatMap((model) => [...awaited].flatMap((artifactId) => likelyModules(artifactId, model))));
    for (const path of paths) entered.add(path);
    return found;
  };
  let searches = 0;
  return {
    modelAt,
    lineageOf,
    find: (wanted, lineage) => {
      searches += 1;
      if (searches > maxSearches) return null;
      const near = lineage.find((model) => isAt(wanted, model, lineageOf));
      if (near !== undefined) return near;
      for (const path of candidatePaths(wanted, lineage, enter)) {
        const model = modelAt(path);
        if (model !== null && isAt(wanted, model, lineageOf)) return model;
      }
      return null;
    },
    expect: (wanted, lineage) => {
      const few = wanted.slice(0, maxSearches);
      for (const { groupId, artifactId } of few) if (groupsOf(lineage).includes(groupId)) awaited.add(artifactId);
      neighbours.soon?.([...new Set(few.flatMap((each) => likelyPlaces(each, lineage)))]);
    },
  };
}

/** Maven takes the POM at the relative path only when it has the coordinates that the child names. */
function parentModelOf(model: MavenModel, modelAt: (path: string) => MavenModel | null): MavenModel | null {
  const { parent } = model;
  if (parent?.relativePath == null) return null;
  const path = pomBeside(model.path, parent.relativePath);
  const found = path === null ? null : modelAt(path);
  if (found === null || found.artifactId !== parent.artifactId) return null;
  const groupId = found.groupId ?? found.parent?.groupId ?? null;
  const version = found.version ?? found.parent?.version ?? null;
  return agree(groupId, parent.groupId) && agree(version, parent.version) ? found : null;
}

/** Equal, or not comparable since one is missing or a property. */
function agree(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b || a.includes('${') || b.includes('${');
}

/** Reads the POMs at these paths, those that are there, with the likely modules below them of all that is awaited. */
type Enter = (paths: readonly string[]) => readonly MavenModel[];

/** Where the POM of a module outside the lineage would lie, likely places first. Each further place is asked for only when the earlier ones had it not. */
function* candidatePaths(wanted: MavenCoordinates, lineage: readonly MavenModel[], enter: Enter): Generator<string> {
  yield* likelyPlaces(wanted, lineage);
  if (groupsOf(lineage).includes(wanted.groupId)) yield* nestedPlaces(wanted.artifactId, lineage, enter);
}

/** In a declared module whose directory is named like it or like a part of it; for a group of the same organisation also in an undeclared directory called like it. */
function likelyPlaces({ groupId, artifactId }: MavenCoordinates, lineage: readonly MavenModel[]): readonly string[] {
  const declared = lineage.flatMap((model) => likelyModules(artifactId, model));
  if (!groupsOf(lineage).some((group) => organisationOf(group) === organisationOf(groupId))) return declared;
  const undeclared = lineage.flatMap((model) => [artifactId, `../${artifactId}`].flatMap((reference) => pomBeside(model.path, reference) ?? []));
  return [...declared, ...undeclared];
}

/** Walks down from the lineage through modules that have modules themselves, level by level, and gives the likely ones among these. */
function* nestedPlaces(artifactId: string, lineage: readonly MavenModel[], enter: Enter): Generator<string> {
  const entered = new Set(lineage.map((model) => model.path));
  for (let level = lineage; level.length > 0;) {
    const below = new Set(level.flatMap((model) => model.modules.map(({ path }) => path)));
    const fresh = [...below].filter((path) => !entered.has(path)).slice(0, maxModulesEntered - entered.size);
    for (const path of fresh) entered.add(path);
    level = enter(fresh);
    yield* level.flatMap((model) => likelyModules(artifactId, model));
  }
}

function groupsOf(lineage: readonly MavenModel[]): readonly string[] {
  return lineage.flatMap((model) => model.groupId ?? model.parent?.groupId ?? []);
}

function likelyModules(artifactId: string, model: MavenModel): readonly string[] {
  const likely = model.modules.filter(({ directory }) => artifactId.includes(directory) || directory.includes(artifactId));
  return likely.slice(0, maxCandidates).map(({ path }) => path);
}

/** `org.example` of `org.example.shop.web`: modules of one build seldom differ in it, and the BOMs of others do. */
function organisationOf(groupId: string): string {
  return groupId.split('.').slice(0, 2).join('.');
}

function isAt(wanted: MavenCoordinates, model: MavenModel, lineageOf: MavenRepository['lineageOf']): boolean {
  if (model.artifactId !== wanted.artifactId) return false;
  const fill = interpolationOf(lineageOf(model));
  const groupId = fill('${project.groupId}');
  const version = fill('${project.version}');
  return groupId === wanted.groupId && (wanted.version === null || version === null || version === wanted.version);
}
