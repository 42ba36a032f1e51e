import type { Read } from '#language/readers/decoded.ts';
import { partsOf, type DocumentParts } from '#language/readers/json-parts.ts';
import { readXml, type XmlElement } from '#language/readers/xml.ts';
import { cycloneDxLists } from './cyclonedx-document.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A CycloneDX document in XML in the shape that it has in JSON; null when its root is something else. https://cyclonedx.org/docs/1.7/xml/ */
export function cycloneDxXml(bytes: Uint8Array): Read<DocumentParts | null> {
  const lists = new Map<string, unknown[]>(cycloneDxLists.map((name) => [name, []]));
  // What the root declares is not known before it ends, but its prefix is that of its parts.
  const read = readXml(bytes, (path, element) => {
    const [root, list = '', name] = path;
    if (path.length !== 3 || root !== 'bom' || partNames[list] !== name) return false;
    lists.get(list)?.push(...(list === 'dependencies' ? dependenciesOf(element) : [valueOf(element)]));
    return true;
  });
  if (!read.ok) return read;
  const { name, attributes, children } = read.value;
  const namespace = Object.entries(attributes).find(([key, value]) => /^xmlns(?::|$)/.test(key) && value.startsWith(bomNamespace))?.[1];
  if (name !== 'bom' || namespace === undefined) return { ok: true, value: null };
  const head = objectOf(children.filter((each) => !lists.has(each.name)));
  const version = Number(attributes['version'] ?? '1');
  return {
    ok: true,
    value: partsOf({
      ...head,
      bomFormat: 'CycloneDX',
      specVersion: namespace.slice(bomNamespace.length),
      ...(attributes['serialNumber'] === undefined ? {} : { serialNumber: attributes['serialNumber'] }),
      ...(Number.isSafeInteger(version) ? { version } : {}),
      ...(children.some((each) => each.name === 'Signature') ? { signature: {} } : {}),
      ...Object.fromEntries(lists),
    }),
  };
}

const bomNamespace = 'http://cyclonedx.org/schema/bom/';

/** What the parts of the long lists are called. */
const partNames: Readonly<Record<string, string>> = { components: 'component', dependencies: 'dependency', vulnerabilities: 'vulnerability' };

/** Elements that hold a list; `tools` does until 1.4. */
const listNames: ReadonlySet<string> = new Set([
  ...['components', 'services', 'hashes', 'licenses', 'externalReferences', 'properties', 'authors', 'lifecycles', 'compositions', 'affects'],
  ...['responses', 'references', 'patches', 'resolves', 'citations', 'data'],
]);

function valueOf(element: XmlElement): unknown {
  const { name, attributes, text } = element;
  // Elements of others may stand among those of CycloneDX, with a prefix of their own.
  const children = element.children.filter(({ prefix }) => prefix === element.prefix);
  if (listNames.has(name)) return children.map(entryOf);
  if (name === 'tools' && children.every((each) => each.name === 'tool')) return children.map(valueOf);
  const own = Object.entries(attributes).filter(([key]) => !/^xmlns(?::|$)/.test(key));
  if (own.length === 0 && children.length === 0) return text;
  const fields = { ...objectOf(children), ...Object.fromEntries(own) };
  if (fields['isExternal'] !== undefined) return { ...fields, isExternal: fields['isExternal'] === 'true' };
  if (name === 'analysis') return { ...fields, response: fields['responses'] };
  if (name === 'property') return { ...fields, value: text };
  return text === '' ? fields : { ...fields, content: text };
}

/** An entry of a list: a licence and an expression say which they are, data of a service where it flows. */
function entryOf(element: XmlElement): unknown {
  switch (element.name) {
    case 'license':
      return { license: valueOf(element), acknowledgement: element.attributes['acknowledgement'] };
    case 'expression':
      return { ...element.attributes, expression: element.text };
    case 'expression-detailed':
      return { ...element.attributes, expression: element.attributes['expression'] };
    case 'classification':
      return { flow: element.attributes['flow'] };
    case 'dataflow':
      return { flow: element.children.find((each) => each.name === 'classification')?.attributes['flow'] };
    default:
      return valueOf(element);
  }
}

/** What one uses, and what those use where they stand inside it: the extension of 1.0 and 1.1 nests them. */
function dependenciesOf({ attributes, children }: XmlElement): readonly Fields[] {
  const uses = children.filter((each) => each.name === 'dependency');
  const own = { ref: attributes['ref'], dependsOn: uses.map((each) => each.attributes['ref']) };
  return [own, ...uses.filter((each) => each.children.length > 0).flatMap(dependenciesOf)];
}

/** Elements by name, those of one name as a list. */
function objectOf(elements: readonly XmlElement[]): Fields {
  const byName = Map.groupBy(elements, ({ name }) => name);
  return Object.fromEntries([...byName].map(([name, of]) => [name, of.length === 1 ? of.map(valueOf)[0] : of.map(valueOf)]));
}
