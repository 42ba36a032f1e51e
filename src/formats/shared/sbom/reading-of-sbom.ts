import type { ReadingResult, ReadPackage } from '#model/reading.ts';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import { linkList } from '../link-list.ts';
import { withSourcePackages } from '../source-packages.ts';

/**
 * The reading of an SBOM: its components as packages, in its order, what uses or contains what as edges, and what it describes as the subject. SPDX describes
 * packages that are listed like others, often somebody else's, so its subject is a package, too, and comes first. What is used directly is known where
 * something that the document describes says what it uses. Made of a document without detail, whose purls are plain.
 */
export function readingOfSbom(document: SbomDocument): ReadingResult {
  const { subject, components, dependencies, statements, reported, createdAt, problems } = document;
  const isListed = subject !== null && document.standard === 'SPDX';
  const first = isListed ? 1 : 0;
  const direct = directOf(document);
  const packages = components.map((each, index) => packageOf(each, direct === null ? null : direct.has(index)));
  const sources = components.map((each) => each.source ?? null);
  if (isListed) {
    packages.unshift(packageOf(subject, direct === null ? null : false));
    sources.unshift(subject.source ?? null);
  }
  const links = linkList();
  for (const [from, to] of dependencies) {
    if (from >= 0 || isListed) links.add(from + first, to + first);
  }
  for (const [index, { parent }] of components.entries()) {
    if (parent !== null) links.add(parent + first, index + first);
  }
  return {
    ...withSourcePackages(packages, links.edges(), sources),
    problems,
    ...(subject === null ? {} : { subject: { name: subject.name, version: subject.version, purl: subject.purl } }),
    ...(createdAt === null ? {} : { createdAt }),
    ...(statements.length === 0 ? {} : { statements }),
    ...(reported === undefined ? {} : { reported }),
  };
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
    licences: [...new Set([...licences.declared, ...licences.concluded])],
    ...(hashes.length === 0 ? {} : { hashes: hashes.map(({ value }) => value) }),
  };
}
