import { componentTree } from './component-tree.ts';
import {
  cycloneDxComponent,
  cycloneDxDependencies,
  cycloneDxFrame,
  type CycloneDxComponent,
  type CycloneDxFrame,
  type CycloneDxLicence,
  type CycloneDxVersion,
} from './cyclonedx-document.ts';
import type { CycloneDxVulnerability } from '../shared/cyclonedx-vulnerability.ts';
import type { SbomToWrite } from './sbom-writer.ts';
import { xmlAttributes, xmlText } from './xml-text.ts';

/** CycloneDX in XML, a component, a dependency and a statement to a line. */
export function* cycloneDxXml(sbom: SbomToWrite, version: CycloneDxVersion): Generator<string> {
  const frame = cycloneDxFrame(sbom, version);
  const namespace = `http://cyclonedx.org/schema/bom/${version}`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<bom${xmlAttributes({ xmlns: namespace, serialNumber: frame.serialNumber, version: String(frame.version) })}>\n${metadataOf(frame)}<components>`;
  const tree = componentTree(sbom.document.components);
  yield* componentElements(sbom, version, tree.top, tree.inside);
  yield '\n</components>\n<dependencies>';
  for (const { ref, dependsOn = [] } of cycloneDxDependencies(sbom)) {
    const uses = dependsOn.map((each) => `<dependency${xmlAttributes({ ref: each })}/>`).join('');
    yield uses === '' ? `\n<dependency${xmlAttributes({ ref })}/>` : `\n<dependency${xmlAttributes({ ref })}>${uses}</dependency>`;
  }
  yield `\n</dependencies>\n${compositionsOf(frame)}`;
  if (frame.vulnerabilities.length > 0) {
    yield '<vulnerabilities>';
    for (const each of frame.vulnerabilities) yield `\n${vulnerabilityOf(each)}`;
    yield '\n</vulnerabilities>\n';
  }
  yield '</bom>\n';
}

function* componentElements(
  sbom: SbomToWrite,
  version: CycloneDxVersion,
  indexes: readonly number[],
  inside: (index: number) => readonly number[],
): Generator<string> {
  for (const index of indexes) {
    const component = sbom.document.components[index];
    if (component === undefined) continue;
    const [open, close] = componentElement(cycloneDxComponent(component, sbom.notesOf(index), version));
    const parts = inside(index);
    if (parts.length === 0) yield `\n${open}${close}`;
    else {
      yield `\n${open}<components>`;
      yield* componentElements(sbom, version, parts, inside);
      yield `\n</components>${close}`;
    }
  }
}

/** An element with text; nothing where there is none. */
function element(name: string, text: string | undefined, attributes: Readonly<Record<string, string>> = {}): string {
  return text === undefined ? '' : `<${name}${xmlAttributes(attributes)}>${xmlText(text)}</${name}>`;
}

/** A list with its items in it; nothing where it is absent. */
function listOf<Item>(name: string, items: readonly Item[] | undefined, written: (item: Item) => string): string {
  return items === undefined ? '' : `<${name}>${items.map(written).join('')}</${name}>`;
}

/** A component up to where those that lie in it stand. */
function componentElement(component: CycloneDxComponent): readonly [open: string, close: string] {
  const { type, 'bom-ref': ref, isExternal } = component;
  const attributes = { type, 'bom-ref': ref, ...(isExternal === undefined ? {} : { isExternal: 'true' }) };
  const open = [
    `<component${xmlAttributes(attributes)}>`,
    component.supplier === undefined ? '' : `<supplier>${element('name', component.supplier.name)}</supplier>`,
    listOf('authors', component.authors, ({ name }) => `<author>${element('name', name)}</author>`),
    element('group', component.group),
    element('name', component.name),
    element('version', component.version),
    element('versionRange', component.versionRange),
    element('description', component.description),
    element('scope', component.scope),
    listOf('hashes', component.hashes, ({ alg, content }) => element('hash', content, { alg })),
    listOf('licenses', component.licenses, licenceElement),
    element('copyright', component.copyright),
    element('cpe', component.cpe),
    element('purl', component.purl),
    listOf('externalReferences', component.externalReferences, ({ type: kind, url, comment }) =>
      [`<reference${xmlAttributes({ type: kind })}>`, element('url', url), element('comment', comment), '</reference>'].join(''),
    ),
    propertiesOf(component.properties),
  ];
  return [open.join(''), '</component>'];
}

function licenceElement(licence: CycloneDxLicence): string {
  if ('expression' in licence) return element('expression', licence.expression, { acknowledgement: licence.acknowledgement });
  const { acknowledgement, ...named } = licence.license;
  const inner = 'id' in named ? element('id', named.id) : element('name', named.name);
  return `<license${xmlAttributes({ acknowledgement })}>${inner}</license>`;
}

function propertiesOf(properties: CycloneDxComponent['properties']): string {
  return listOf('properties', properties, ({ name, value }) => element('property', value, { name }));
}

function metadataOf({ metadata }: CycloneDxFrame): string {
  const { timestamp, lifecycles, tools, authors, component, supplier } = metadata;
  const parts = [
    element('timestamp', timestamp),
    listOf(
      'lifecycles',
      lifecycles,
      (each) => `<lifecycle>${'phase' in each ? element('phase', each.phase) : element('name', each.name)}</lifecycle>`,
    ),
    tools === undefined
      ? ''
      : `<tools>${listOf('components', tools.components, ({ type, name, version }) =>
          [`<component${xmlAttributes({ type })}>`, element('name', name), element('version', version), '</component>'].join(''),
        )}</tools>`,
    listOf('authors', authors, ({ name }) => `<author>${element('name', name)}</author>`),
    component === undefined ? '' : componentElement(component).join(''),
    supplier === undefined ? '' : `<supplier>${element('name', supplier.name)}</supplier>`,
  ].filter((part) => part !== '');
  return `<metadata>\n${parts.map((part) => `${part}\n`).join('')}</metadata>\n`;
}

function compositionsOf({ compositions }: CycloneDxFrame): string {
  if (compositions.length === 0) return '';
  const written = compositions.map(({ aggregate, assemblies }) => {
    const refs = assemblies.map((ref) => `<assembly${xmlAttributes({ ref })}/>`).join('');
    return `<composition>${element('aggregate', aggregate)}<assemblies>${refs}</assemblies></composition>\n`;
  });
  return `<compositions>\n${written.join('')}</compositions>\n`;
}

function vulnerabilityOf({ id, source, references, analysis, affects, properties }: CycloneDxVulnerability): string {
  const sourceElement = (name: string): string => `<source>${element('name', name)}</source>`;
  return [
    '<vulnerability>',
    element('id', id),
    sourceElement(source.name),
    listOf('references', references, (each) => `<reference>${element('id', each.id)}${sourceElement(each.source.name)}</reference>`),
    '<analysis>',
    element('state', analysis.state),
    element('justification', analysis.justification),
    listOf('responses', analysis.response, (each) => element('response', each)),
    element('detail', analysis.detail),
    element('firstIssued', analysis.firstIssued),
    element('lastUpdated', analysis.lastUpdated),
    '</analysis>',
    listOf('affects', affects, ({ ref }) => `<target>${element('ref', ref)}</target>`),
    propertiesOf(properties),
    '</vulnerability>',
  ].join('');
}
