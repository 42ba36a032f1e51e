import { componentTree } from './component-tree.ts';
import { cycloneDxComponent, cycloneDxDependencies, cycloneDxFrame, type CycloneDxVersion } from './cyclonedx-document.ts';
import type { SbomToWrite } from './sbom-writer.ts';

/** CycloneDX in JSON, a component, a dependency and a statement to a line. */
export function* cycloneDxJson(sbom: SbomToWrite, version: CycloneDxVersion): Generator<string> {
  const { serialNumber, version: revision, metadata, compositions, vulnerabilities } = cycloneDxFrame(sbom, version);
  const head = {
    $schema: `http://cyclonedx.org/schema/bom-${version}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion: version,
    serialNumber,
    version: revision,
    metadata,
  };
  yield `${JSON.stringify(head).slice(0, -1)},\n"components":[`;
  const tree = componentTree(sbom.document.components);
  yield* componentLines(sbom, version, tree.top, tree.inside);
  yield '],\n"dependencies":[';
  yield* lines(cycloneDxDependencies(sbom));
  yield `],\n"compositions":${JSON.stringify(compositions)}`;
  if (vulnerabilities.length > 0) {
    yield ',\n"vulnerabilities":[';
    yield* lines(vulnerabilities);
    yield ']';
  }
  yield '}\n';
}

function* componentLines(
  sbom: SbomToWrite,
  version: CycloneDxVersion,
  indexes: readonly number[],
  inside: (index: number) => readonly number[],
): Generator<string> {
  let separator = '\n';
  for (const index of indexes) {
    const component = sbom.document.components[index];
    if (component === undefined) continue;
    const written = JSON.stringify(cycloneDxComponent(component, sbom.notesOf(index), version));
    const parts = inside(index);
    if (parts.length === 0) yield separator + written;
    else {
      yield `${separator}${written.slice(0, -1)},"components":[`;
      yield* componentLines(sbom, version, parts, inside);
      yield ']}';
    }
    separator = ',\n';
  }
}

function* lines(values: Iterable<object>): Generator<string> {
  let separator = '\n';
  for (const value of values) {
    yield separator + JSON.stringify(value);
    separator = ',\n';
  }
}
