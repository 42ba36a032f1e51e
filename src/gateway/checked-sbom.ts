import { quoted, type Problem } from '#model/problem.ts';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import { checkedProblems, checkedStatement, maybe, oddText, resultLimits, text, type ResultLimits } from './checked-result.ts';

/**
 * An SBOM's document within the limits, as {@link checkedResult} is for readings: a component whose name, version or purl nothing could hold is left out and
 * named in a problem, and what lay in it lies where it lay.
 */
export function checkedSbom(document: SbomDocument, path: string, limits: ResultLimits = resultLimits): SbomDocument {
  const extra: Problem[] = [];
  const error = (code: string, message: string) => extra.push({ code, message, path, severity: 'error' });
  const { kept, newIndex } = keptOf(document.components, limits, error);
  const moved = (index: number): number => (index === -1 ? -1 : (newIndex[index] ?? -2));
  const dependencies: (readonly [number, number])[] = [];
  for (const [from, to] of document.dependencies) {
    const pair = [moved(from), moved(to)] as const;
    if (pair[0] < -1 || pair[1] < 0) continue;
    if (dependencies.length === limits.edges) {
      error('too-many-edges', `The file has more than ${String(limits.edges)} dependency edges; the rest was left out.`);
      break;
    }
    dependencies.push(pair);
  }
  const { subject, roots, reported } = document;
  return {
    standard: document.standard,
    specVersion: maybe(document.specVersion, limits),
    serial: maybe(document.serial, limits),
    revision: document.revision,
    name: maybe(document.name, limits),
    createdAt: maybe(document.createdAt, limits),
    authors: texts(document.authors, limits),
    tools: texts(document.tools, limits),
    lifecycles: texts(document.lifecycles, limits),
    subject: subject === null || oddPart(subject, limits) !== null ? null : { ...checkedComponent(subject, limits), parent: null },
    components: kept.map((each) => ({ ...checkedComponent(each, limits), parent: parentOf(each, document.components, newIndex) })),
    ...(roots === undefined ? {} : { roots: roots.map(moved).filter((index) => index >= 0) }),
    dependencies,
    stated: document.stated.map(moved).filter((index) => index >= -1),
    completeness: document.completeness,
    statements: document.statements.slice(0, limits.statements).map((each) => checkedStatement(each, limits)),
    ...(reported === undefined
      ? {}
      : {
          reported: reported.slice(0, limits.reported).map(({ ids, purl }) => ({ ids: texts(ids.slice(0, 100), limits), purl: text(purl, limits) })),
        }),
    signed: document.signed,
    problems: checkedProblems([...document.problems, ...extra], path, limits),
  };
}

function keptOf(components: readonly SbomComponent[], limits: ResultLimits, error: (code: string, message: string) => void) {
  const kept: SbomComponent[] = [];
  const newIndex = new Int32Array(components.length).fill(-2);
  for (const [index, component] of components.entries()) {
    if (kept.length === limits.packages) {
      error('too-many-packages', `The file names more than ${String(limits.packages)} packages; the rest was left out.`);
      break;
    }
    const odd = oddPart(component, limits);
    if (odd !== null) error(odd.code, `The component ${quoted(component.name)} was left out: ${odd.why}.`);
    else newIndex[index] = kept.push(component) - 1;
  }
  return { kept, newIndex };
}

function oddPart(component: SbomComponent, limits: ResultLimits): { code: string; why: string } | null {
  return (
    oddText('name', component.name, limits) ??
    oddText('version', component.version, limits) ??
    oddText('ecosystem', component.ecosystem, limits) ??
    oddText('purl', component.purl, limits) ??
    oddText('range', component.range, limits) ??
    (component.name === '' ? { code: 'no-name', why: 'its name is empty' } : null)
  );
}

function checkedComponent(component: SbomComponent, limits: ResultLimits): SbomComponent {
  const { source, licences } = component;
  return {
    ref: text(component.ref, limits),
    type: component.type,
    ecosystem: component.ecosystem,
    name: component.name,
    version: component.version,
    range: component.range,
    purl: component.purl,
    cpes: texts(component.cpes, limits),
    scope: component.scope,
    supplier: maybe(component.supplier, limits),
    authors: texts(component.authors, limits),
    copyright: maybe(component.copyright, limits),
    description: maybe(component.description, limits),
    licences: { declared: texts(licences.declared, limits), concluded: texts(licences.concluded, limits) },
    hashes: component.hashes
      .slice(0, limits.parts)
      .map(({ algorithm, value }) => ({ algorithm: text(algorithm, limits), value: text(value, limits) })),
    links: component.links.slice(0, limits.parts).map(({ type, url }) => ({ type: text(type, limits), url: text(url, limits) })),
    parent: component.parent,
    ...(source === undefined ? {} : { source: { name: text(source.name, limits), version: maybe(source.version, limits) } }),
  };
}

/** The nearest container that was kept. */
function parentOf(component: SbomComponent, components: readonly SbomComponent[], newIndex: Int32Array): number | null {
  for (let parent = component.parent; parent !== null; parent = components[parent]?.parent ?? null) {
    const index = newIndex[parent] ?? -2;
    if (index >= 0) return index;
  }
  return null;
}

function texts(values: readonly string[], limits: ResultLimits): readonly string[] {
  return values.slice(0, limits.parts).map((each) => text(each, limits));
}
