import type { DeclaredLicence, RegistryAnswer, RegistryAsk, RegistryBytes, RegistryProtocol } from '#model/registry.ts';
import { child, childrenOf, childText, readXml, type XmlElement } from '../readers/xml.ts';
import { notAnAnswer, refusedAnswer, repositoryUrl } from '../registry/answer-parts.ts';

const maxParents = 5;
const part = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/;
const versionShape = /^[A-Za-z0-9_][A-Za-z0-9_.+~-]{0,199}$/;

/** Maven repositories: which versions there are by `maven-metadata.xml`, dates and licences by the POM of each version that matters. */
export const maven: RegistryProtocol = {
  id: 'maven',
  version: 1,
  title: 'Maven Central',
  ecosystem: 'Maven',
  spec: 'https://maven.apache.org/ref/current/maven-repository-metadata/repository-metadata.html',
  reads: 'Versions; of those in use and the latest the date of the POM, the licences (those of its parents, too), the SCM address and relocations.',
  cannotSee: 'Dates and licences of versions that nobody uses. A mirror that does not pass on Last-Modified gives no dates.',
  base: 'https://repo1.maven.org/maven2',
  hosts: ['repo1.maven.org', 'repo.maven.apache.org'],
  perSecond: 10,
  atOnce: 4,
  first: (name) => {
    const [group, artifact] = placeOf(name);
    return group === null ? null : { part: 'package', of: '', path: `${group}/${artifact}/maven-metadata.xml` };
  },
  about: (name, version) => [pomOf('version', version, name, version)].flatMap((each) => each ?? []),
  read: (answer) => (answer.part === 'package' ? readMetadata(answer) : readPom(answer)),
};

function placeOf(name: string): readonly [group: string, artifact: string] | readonly [group: null, artifact: null] {
  const [group = '', artifact = '', ...rest] = name.split(':');
  const isName = rest.length === 0 && part.test(artifact) && group.split('.').every((each) => part.test(each));
  return isName ? [group.replaceAll('.', '/'), artifact] : [null, null];
}

function pomOf(kind: string, of: string, name: string, version: string): RegistryAsk | null {
  const [group, artifact] = placeOf(name);
  if (group === null || !versionShape.test(version)) return null;
  return { part: kind, of, path: `${group}/${artifact}/${version}/${artifact}-${version}.pom` };
}

function readMetadata({ bytes }: RegistryBytes): RegistryAnswer {
  const document = readXml(bytes);
  if (!document.ok) return refusedAnswer(document.error);
  const versioning = document.value.name === 'metadata' ? child(document.value, 'versioning') : undefined;
  if (versioning === undefined) return notAnAnswer('a Maven repository');
  const list = child(versioning, 'versions');
  const versions = (list === undefined ? [] : childrenOf(list, 'version')).map(({ text }) => text).filter((text) => text !== '');
  return { versions: versions.map((version) => ({ version })), isWhole: true, asks: [], problems: [] };
}

/** The POM of a version, or of one of its parents: then `of` is the version and `part` says how far up. */
function readPom({ part: kind, of, bytes, modified }: RegistryBytes): RegistryAnswer {
  const document = readXml(bytes);
  if (!document.ok) return refusedAnswer(document.error);
  const project = document.value;
  if (project.name !== 'project') return notAnAnswer('a Maven repository');
  const isOwn = kind === 'version';
  const licences = licencesOf(project);
  const depth = isOwn ? 0 : Number(/^parent-(\d)$/.exec(kind)?.[1] ?? maxParents);
  const parent = licences.length === 0 && depth < maxParents ? parentOf(project, of, depth + 1) : null;
  const relocation = isOwn ? relocationOf(project) : null;
  const scm = child(project, 'scm');
  const repository = isOwn && scm !== undefined ? repositoryUrl(childText(scm, 'url') ?? childText(scm, 'connection')) : null;
  return {
    versions: [
      {
        version: of,
        ...(isOwn && modified !== null ? { released: modified } : {}),
        // Only when no parent is left to ask is it known that none is declared.
        ...(licences.length > 0 || parent === null ? { licences } : {}),
        ...(isOwn ? { warning: relocation } : {}),
      },
    ],
    isWhole: false,
    ...(repository === null ? {} : { repository }),
    asks: parent === null ? [] : [parent],
    problems: [],
  };
}

function licencesOf(project: XmlElement): readonly DeclaredLicence[] {
  const list = child(project, 'licenses');
  return (list === undefined ? [] : childrenOf(list, 'license')).flatMap((each) => {
    const [name, url] = [childText(each, 'name'), childText(each, 'url')];
    return [
      ...(name === null ? [] : [{ field: 'licenses.license.name', text: name }]),
      ...(url === null ? [] : [{ field: 'licenses.license.url', text: url }]),
    ];
  });
}

function parentOf(project: XmlElement, of: string, depth: number): RegistryAsk | null {
  const parent = child(project, 'parent');
  if (parent === undefined) return null;
  const [group, artifact, version] = [childText(parent, 'groupId'), childText(parent, 'artifactId'), childText(parent, 'version')];
  if (group === null || artifact === null || version === null) return null;
  return pomOf(`parent-${String(depth)}`, of, `${group}:${artifact}`, version);
}

function relocationOf(project: XmlElement): { readonly kind: 'deprecated'; readonly reason: string } | null {
  const management = child(project, 'distributionManagement');
  const relocation = management === undefined ? undefined : child(management, 'relocation');
  if (relocation === undefined) return null;
  const to = [childText(relocation, 'groupId'), childText(relocation, 'artifactId'), childText(relocation, 'version')].filter(
    (each) => each !== null,
  );
  const message = childText(relocation, 'message');
  return { kind: 'deprecated', reason: `It moved${to.length === 0 ? '' : ` to ${to.join(':')}`}.${message === null ? '' : ` ${message}`}` };
}
