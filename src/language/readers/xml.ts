import { SaxesParser } from 'saxes';
import { decodeText, type Read } from './decoded.ts';
import { maxDepth } from './json.ts';

/** One XML element. Names are local names, the prefix stands beside it. `text` is the direct text, trimmed. */
export type XmlElement = {
  readonly name: string;
  /** Empty for none. */
  readonly prefix: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
};

type Growing = { name: string; prefix: string; attributes: Record<string, string>; children: Growing[]; text: string; line: number };

/** One element has no more attributes than this. */
const maxAttributes = 1_000;

/**
 * The root element of an XML document of untrusted bytes. Any DOCTYPE is refused, so there are no entities to expand. An element that `take` takes when it
 * has ended, by its path of names from the root, is not kept in its parent: so what is made of a long document holds one of its many parts at a time.
 */
export function readXml(bytes: Uint8Array, take?: (path: readonly string[], element: XmlElement) => boolean): Read<XmlElement> {
  const text = decodeXml(bytes);
  if (!text.ok) return text;
  const parser = new SaxesParser();
  const stack: Growing[] = [];
  const names: string[] = [];
  const roots: Growing[] = [];
  try {
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('doctype', () => {
      throw new HasDoctype();
    });
    parser.on('opentag', (tag) => {
      if (stack.length >= maxDepth) throw new Error('too deep');
      const colon = tag.name.indexOf(':');
      const [prefix, name] = [tag.name.slice(0, Math.max(0, colon)), tag.name.slice(colon + 1)];
      const element: Growing = { name, prefix, attributes: localNames(tag.attributes), children: [], text: '', line: parser.line };
      if (stack.length === 0) roots.push(element);
      stack.push(element);
      names.push(element.name);
    });
    parser.on('text', (part) => {
      const top = stack.at(-1);
      if (top !== undefined) top.text += part;
    });
    parser.on('cdata', (part) => {
      const top = stack.at(-1);
      if (top !== undefined) top.text += part;
    });
    parser.on('closetag', () => {
      const done = stack.pop();
      if (done === undefined) return;
      done.text = done.text.trim();
      if (take?.(names, done) !== true) stack.at(-1)?.children.push(done);
      names.pop();
    });
    // In pieces, since a parser joins what it is given to what is left over.
    for (let at = 0; at < text.value.length; at += pieceLength) parser.write(text.value.slice(at, at + pieceLength));
    parser.close();
  } catch (error) {
    if (error instanceof HasDoctype)
      return { ok: false, error: { code: 'doctype', message: 'The XML has a DOCTYPE, which is refused. Remove it.', line: parser.line } };
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    return { ok: false, error: { code: 'not-xml', message: 'The file is not well-formed XML, or is nested too deeply.', line: parser.line } };
  }
  const [root] = roots;
  return root === undefined ? { ok: false, error: { code: 'not-xml', message: 'The file has no XML element.' } } : { ok: true, value: root };
}

class HasDoctype extends Error {}

const pieceLength = 1_048_576;

/** First child of that name; undefined when there is none. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name);
}

/** All children of that name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((each) => each.name === name);
}

/** Text of the first child of that name; null when there is none or it is empty. */
export function childText(element: XmlElement, name: string): string | null {
  const text = child(element, name)?.text;
  return text === undefined || text === '' ? null : text;
}

/** XML in Latin-1 says so in its declaration, which is ASCII in either encoding. */
function decodeXml(bytes: Uint8Array): Read<string> {
  const text = decodeText(bytes);
  if (text.ok) return text;
  const latin1 = new TextDecoder('latin1');
  const isLatin1 = /^<\?xml[^>]*\bencoding\s*=\s*["'](?:iso-8859-1|windows-1252|latin1|us-ascii)["']/i.test(latin1.decode(bytes.subarray(0, 200)));
  return isLatin1 ? { ok: true, value: latin1.decode(bytes) } : text;
}

function localNames(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(attributes);
  if (entries.length > maxAttributes) throw new Error('too many attributes');
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
