import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type ReadPackage, type Scope } from '#model/reading.ts';
import { purlOf } from '#language/purl.ts';
import { mavenDocument, modelInDocument } from './shared/maven-document.ts';
import { managedDependencies, type ManagedDependencies } from './shared/maven-management.ts';
import type { MavenDependency, MavenModel } from './shared/maven-model.ts';
import { interpolationOf, type Interpolation } from './shared/maven-properties.ts';
import { mavenRepository, type MavenRepository } from './shared/maven-repository.ts';
import { packageList } from './shared/package-list.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Maven's project file with its parents and BOMs as far as they lie in the same source. */
export const pomXml: Format = {
  id: 'pom-xml',
  version: 2,
  title: 'Maven project (pom.xml)',
  kind: 'manifest',
  ecosystems: ['Maven'],
  family: 'maven',
  spec: 'https://maven.apache.org/pom.html',
  reads: 'Direct and inherited dependencies with properties, dependency management, parents and imported BOMs of the same source filled in.',
  cannotSee:
    'Transitive dependencies, parents and BOMs of other repositories, what version ranges resolve to, profiles not active by default, plugins.',
  matchesPath: (path) => /(?:^|\/)(?:pom\.xml|[^/]+\.pom)$/.test(path),
  parse: readPomXml,
};

type Reading = {
  readonly log: ProblemLog;
  readonly fill: Interpolation;
  readonly managed: ManagedDependencies;
  readonly lineage: readonly MavenModel[];
  readonly repository: MavenRepository;
};

function readPomXml(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const read = mavenDocument(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  if (read.value.name !== 'project') {
    log.error('not-this-format', `The root element is ${quoted(read.value.name)}, not "project" as in a POM.`);
    return unread(...log.problems());
  }
  const repository = mavenRepository(neighbours, log);
  const lineage = repository.lineageOf(modelInDocument(file.path, read.value));
  const fill = interpolationOf(lineage);
  const reading: Reading = { log, fill, lineage, repository, managed: managedDependencies(lineage, repository) };
  const list = packageList();
  const dependencies = effectiveDependencies(reading);
  const kin = dependencies.filter((each) => isOfLineage(each.groupId, lineage));
  repository.expect(
    kin.map(({ groupId, artifactId }) => ({ groupId, artifactId, version: null })),
    lineage,
  );
  for (const dependency of dependencies) {
    const pkg = packageOf(dependency, reading);
    if (pkg !== null) list.add(`${pkg.name} ${pkg.version ?? `range ${pkg.range ?? ''}`}`, pkg);
  }
  return { packages: list.packages(), edges: [], problems: log.problems(), ...subjectOf(fill) };
}

function subjectOf(fill: Interpolation): Pick<ReadingResult, 'subject'> {
  const artifactId = fill('${project.artifactId}');
  if (artifactId === null) return {};
  const groupId = fill('${project.groupId}');
  const name = groupId === null ? artifactId : `${groupId}:${artifactId}`;
  const version = fill('${project.version}');
  return { subject: { name, version, purl: groupId === null ? null : purlOf('Maven', name, version) } };
}

/** A build may import dozens of BOMs; a sentence names the likeliest. */
const maxMissingNamed = 3;

type Named = {
  readonly name: string;
  readonly groupId: string;
  readonly artifactId: string;
  readonly written: MavenDependency;
  readonly path: string;
};

/** Own and inherited dependencies. As in Maven, a child's wins over its parent's and the last of two equal ones in a POM wins. */
function effectiveDependencies({ lineage, fill, log }: Reading): readonly Named[] {
  const effective = new Map<string, Named>();
  for (const model of lineage) {
    const own = new Map<string, Named>();
    for (const written of model.dependencies) {
      const at = { path: model.path, line: written.line };
      const groupId = fill(written.groupId ?? '');
      const artifactId = fill(written.artifactId ?? '');
      if (groupId === null || artifactId === null || groupId === '' || artifactId === '') {
        const message = `A dependency on ${quoted(`${written.groupId ?? ''}:${written.artifactId ?? ''}`)} lacks its group or artifact, or cannot be filled in; it was left out.`;
        log.error('unnamed-dependency', message, at);
        continue;
      }
      const key = `${groupId}:${artifactId}:${written.type}:${written.classifier}`;
      if (own.has(key)) log.warning('duplicate-dependency', `The POM names ${quoted(`${groupId}:${artifactId}`)} twice; the last one counts.`, at);
      own.set(key, { name: `${groupId}:${artifactId}`, groupId, artifactId, written, path: model.path });
    }
    for (const [key, named] of own) if (!effective.has(key)) effective.set(key, named);
  }
  return [...effective.values()];
}

function packageOf({ name, groupId, artifactId, written, path }: Named, reading: Reading): ReadPackage | null {
  const { fill, managed, log } = reading;
  if (isOwnModule(groupId, artifactId, reading)) return null;
  const management = managed.of(groupId, artifactId, written);
  const raw = written.version ?? management?.version ?? null;
  const filled = written.version === null ? raw : fill(written.version);
  const resolved = filled?.includes('${') === true ? null : filled;
  const version = resolved === null ? null : exactVersion(resolved);
  const range = resolved ?? raw;
  if (version === null) {
    const message = `The version of ${quoted(name)} is not known: ${whyUnresolved(groupId, resolved, raw, managed)}.`;
    log.warning('unresolved-version', message, { path, line: written.line });
  }
  const optional = fill(written.optional ?? management?.optional ?? 'false');
  return {
    ecosystem: 'Maven',
    name,
    version,
    ...(version === null && range !== null ? { range } : {}),
    purl: purlOf('Maven', name, version),
    scope: scopeOf(fill(written.scope ?? management?.scope ?? 'compile'), optional === 'true'),
    direct: true,
    licences: [],
  };
}

/** A module of the same build is the firm's own; only a group of the lineage can have one. */
function isOwnModule(groupId: string, artifactId: string, { lineage, repository }: Reading): boolean {
  return isOfLineage(groupId, lineage) && repository.find({ groupId, artifactId, version: null }, lineage) !== null;
}

function isOfLineage(groupId: string, lineage: readonly MavenModel[]): boolean {
  return lineage.some((model) => (model.groupId ?? model.parent?.groupId) === groupId);
}

/** The version itself, out of the brackets that pin it; null for ranges and for words that mean "whatever is newest". */
function exactVersion(text: string): string | null {
  const pinned = /^\[\s*([^\s,[\]()]+)\s*\]$/.exec(text)?.[1];
  if (pinned !== undefined) return pinned;
  return text === '' || /^[[(]|^(?:LATEST|RELEASE)$/.test(text) ? null : text;
}

function whyUnresolved(groupId: string, resolved: string | null, raw: string | null, managed: ManagedDependencies): string {
  if (resolved !== null) return `${quoted(resolved)} is a range`;
  const why = raw === null ? 'no POM here manages it' : `${quoted(raw)} cannot be filled in`;
  if (managed.missing.length === 0) return why;
  const named = nearestGroupFirst(groupId, managed.missing).slice(0, maxMissingNamed);
  const more = managed.missing.length - named.length;
  return `${why}; ${named.map((each) => quoted(each)).join(', ')}${more === 0 ? '' : ` or ${String(more)} more`} may say it but ${managed.missing.length === 1 ? 'is' : 'are'} not in this source`;
}

/** Coordinates whose group shares the most leading parts with a group come first: they are the likeliest to manage it. */
function nearestGroupFirst(groupId: string, coordinates: readonly string[]): readonly string[] {
  const parts = groupId.split('.');
  const nearness = (each: string): number => {
    const others = each.split(':', 1).join('').split('.');
    const differing = parts.findIndex((part, at) => part !== others[at]);
    return differing === -1 ? parts.length : differing;
  };
  return coordinates.toSorted((a, b) => nearness(b) - nearness(a));
}

function scopeOf(scope: string | null, isOptional: boolean): Scope {
  if (scope === 'test') return 'test';
  if (scope === 'provided' || scope === 'system') return 'provided';
  return isOptional ? 'optional' : 'runtime';
}
