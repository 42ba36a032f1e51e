import { SaxesParser } from 'saxes';
import { decodeText, lineAt, type Read } from './decoded.ts';
import { maxDepth } from './json.ts';

/** One XML element. Names are local names, prefixes dropped. `text` is the direct text, trimmed. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
};

type Growing = { name: string; attributes: Record<string, string>; children: Growing[]; text: string; line: number };

/** The root element of an XML document of untrusted bytes. Any DOCTYPE is refused, so there are no entities to expand. */
export function readXml(bytes: Uint8Array): Read<XmlElement> {
  const text = decodeXml(bytes);
  if (!text.ok) return text;
  const doctype = text.value.search(/<!DOCTYPE/i);
  if (doctype !== -1) {
    return {
      ok: false,
      error: { code: 'doctype', message: 'The XML has a DOCTYPE, which is refused. Remove it.', line: lineAt(text.value, doctype) },
    };
  }
  const parser = new SaxesParser();
  const stack: Growing[] = [];
  const roots: Growing[] = [];
  try {
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) => {
      if (stack.length >= maxDepth) throw new Error('too deep');
      const element: Growing = { name: localName(tag.name), attributes: localNames(tag.attributes), children: [], text: '', line: parser.line };
      const parent = stack.at(-1);
      if (parent === undefined) roots.push(element);
      else parent.children.push(element);
      stack.push(element);
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
      if (done !== undefined) done.text = done.text.trim();
    });
    parser.write(text.value).close();
  } catch {
    return { ok: false, error: { code: 'not-xml', message: 'The file is not well-formed XML, or is nested too deeply.', line: parser.line } };
  }
  const [root] = roots;
  return root === undefined ? { ok: false, error: { code: 'not-xml', message: 'The file has no XML element.' } } : { ok: true, value: root };
}

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

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function localNames(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) plain[name] = String(value);
  return plain;
}
