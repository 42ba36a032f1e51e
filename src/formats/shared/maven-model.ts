import { child, childrenOf, childText, type XmlElement } from '#language/readers/xml.ts';
import { pathBeside } from './path-beside.ts';

/** A dependency as one POM writes it, properties not yet filled in. Null where the POM does not say. */
export type MavenDependency = {
  readonly groupId: string | null;
  readonly artifactId: string | null;
  readonly version: string | null;
  readonly scope: string | null;
  readonly type: string;
  readonly classifier: string;
  readonly optional: string | null;
  readonly line: number;
};

/** What one POM says itself, without its parents. */
export type MavenModel = {
  readonly path: string;
  readonly groupId: string | null;
  readonly artifactId: string | null;
  readonly version: string | null;
  readonly parent: MavenParent | null;
  readonly properties: ReadonlyMap<string, string>;
  readonly dependencies: readonly MavenDependency[];
  readonly managed: readonly MavenDependency[];
  /** Of all profiles: a module that is built only sometimes lies in the source all the same. */
  readonly modules: readonly MavenModule[];
};

/** A module that a POM declares: the path of its POM inside the source, and the name of the directory it lies in. */
export type MavenModule = { readonly path: string; readonly directory: string };

export type MavenParent = {
  readonly groupId: string | null;
  readonly artifactId: string | null;
  readonly version: string | null;
  /** Path beside the POM where Maven looks first; null when the POM forbids looking there. */
  readonly relativePath: string | null;
};

/** No honest build declares more in one POM. */
const maxModules = 1000;

/** The path of the POM that a reference in another one means: a POM, or the directory that holds it. Null when it leaves the source. */
export function pomBeside(path: string, reference: string): string | null {
  return pathBeside(path, reference.endsWith('.xml') ? reference : `${reference}/pom.xml`);
}

/** The model in a `<project>` element; profiles that are active by default count, others do not. https://maven.apache.org/ref/current/maven-model/maven.html */
export function mavenModel(path: string, project: XmlElement): MavenModel {
  const allProfiles = childrenOf(child(project, 'profiles') ?? project, 'profile');
  const layers = [project, ...allProfiles.filter(isActiveByDefault)];
  const parent = child(project, 'parent');
  return {
    path,
    groupId: childText(project, 'groupId'),
    artifactId: childText(project, 'artifactId'),
    version: childText(project, 'version'),
    parent: parent === undefined ? null : parentOf(parent),
    properties: new Map(layers.flatMap((layer) => child(layer, 'properties')?.children.map((each) => [each.name, each.text] as const) ?? [])),
    dependencies: layers.flatMap(dependenciesOf),
    managed: layers.flatMap((layer) => dependenciesOf(child(layer, 'dependencyManagement'))),
    modules: [project, ...allProfiles]
      .flatMap((layer) => child(layer, 'modules')?.children ?? [])
      .slice(0, maxModules)
      .flatMap((each) => moduleAt(path, each.text) ?? []),
  };
}

function moduleAt(path: string, reference: string): MavenModule | null {
  const pom = pomBeside(path, reference);
  const directory = pom?.split('/').at(-2);
  return pom === null || directory === undefined ? null : { path: pom, directory };
}

function isActiveByDefault(profile: XmlElement): boolean {
  const activation = child(profile, 'activation');
  return activation !== undefined && childText(activation, 'activeByDefault') === 'true';
}

function parentOf(parent: XmlElement): MavenParent {
  const relativePath = child(parent, 'relativePath')?.text ?? '../pom.xml';
  return {
    groupId: childText(parent, 'groupId'),
    artifactId: childText(parent, 'artifactId'),
    version: childText(parent, 'version'),
    relativePath: relativePath === '' ? null : relativePath,
  };
}

function dependenciesOf(element: XmlElement | undefined): readonly MavenDependency[] {
  const list = element === undefined ? undefined : child(element, 'dependencies');
  return (list === undefined ? [] : childrenOf(list, 'dependency')).map((each) => ({
    groupId: childText(each, 'groupId'),
    artifactId: childText(each, 'artifactId'),
    version: childText(each, 'version'),
    scope: childText(each, 'scope'),
    type: childText(each, 'type') ?? 'jar',
    classifier: childText(each, 'classifier') ?? '',
    optional: childText(each, 'optional'),
    line: each.line,
  }));
}
