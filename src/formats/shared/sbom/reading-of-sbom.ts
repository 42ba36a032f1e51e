import type { ReadingResult, ReadPackage } from '#model/reading.ts';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import { linkList } from '../link-list.ts';
import { withSourcePackages } from '../source-packages.ts';

/**
 * The reading of an SBOM: its components as packages, in its order, what uses or contains what as edges, and what it describes as the subject. SPDX describes
 * packages that are listed like others, often somebody else's, so its subject is a package, too, and comes first. What is used directly is known where
 * something that the document describes says what it uses. Made of a document without detail, whose purls are plain, and which is used up: its components
 * become the packages one by one, since there is not room for hundreds of thousands of both.
 */
export function readingOfSbom(document: SbomDocument): ReadingResult {
  const { subject, components, statements, reported, createdAt, problems } = document;
  const isListed = subject !== null && document.standard === 'SPDX';
  const first = isListed ? 1 : 0;
  const direct = directOf(document);
  const sources = components.some((each) => each.source !== undefined) ? components.map((each) => each.source ?? null) : [];
  const links = linksOf(document, first);
  const packages = components as unknown as ReadPackage[];
  for (const [index, component] of components.entries()) packages[index] = packageOf(component, direct === null ? null : direct.has(index));
  if (isListed) {
    packages.unshift(packageOf(subject, direct === null ? null : false));
    if (sources.length > 0 || subject.source !== undefined) sources.unshift(subject.source ?? null);
  }
  return {
    ...withSourcePackages(packages, links, sources),
    problems,
    ...(subject === null ? {} : { subject: { name: subject.name, version: subject.version, purl: subject.purl } }),
    ...(createdAt === null ? {} : { createdAt }),
    ...(statements.length === 0 ? {} : { statements }),
    ...(reported === undefined ? {} : { reported }),
  };
}

/** What uses or contains what, `first` packages further on; what the subject uses only where it is a package itself. */
function linksOf({ dependencies, components }: SbomDocument, first: number): ReadingResult['edges'] {
  const links = linkList();
  for (const link of dependencies) {
    const [from, to] = link;
    if (first === 0 && from >= 0) links.add(from, to, link);
    else if (first > 0) links.add(from + first, to + first);
  }
  for (const [index, { parent }] of components.entries()) {
    if (parent !== null) links.add(parent + first, index + first);
  }
  return links.edges();
}

/** Indexes of what the described things use themselves; null when the document does not say. */
function directOf({ dependencies, roots = [-1] }: SbomDocument): ReadonlySet<number> | null {
  const described = new Set(roots);
  const used = dependencies.flatMap(([from, to]) => (described.has(from) ? [to] : []));
  return used.length === 0 ? null : new Set(used);
}

function packageOf(component: SbomComponent, direct: boolean | null): ReadPackage {
  const { ecosystem, name, version, range, purl, scope, licences, hashes } = component;
  return {
    ecosystem,
    name,
    version,
    ...(range === null ? {} : { range }),
    purl,
    scope,
    direct,
    licences: licencesOf(licences),
    ...(hashes.length === 0 ? {} : { hashes: hashes.map(({ value }) => value) }),
  };
}

/** Declared licences first. Most have no concluded ones, and their list is the reading's as it is. */
function licencesOf({ declared, concluded }: SbomComponent['licences']): readonly string[] {
  return concluded.length === 0 ? declared : [...new Set([...declared, ...concluded])];
}
