import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import { decodeText, type Read } from './decoded.ts';
import { maxDepth } from './json.ts';
import { readSimpleYaml } from './simple-yaml.ts';

/**
 * All documents of a YAML stream of untrusted bytes, as plain values. Aliases are expanded at most 100 times,
 * so that an alias bomb is refused; custom tags give their plain value; nesting over 200 is refused.
 */
export function readYamlDocuments(bytes: Uint8Array): Read<readonly unknown[]> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const simple = readSimpleYaml(text.value);
  if (simple !== null) return { ok: true, value: simple };
  const lineCounter = new LineCounter();
  try {
    const documents = parseAllDocuments(text.value, { lineCounter, prettyErrors: false, logLevel: 'silent', uniqueKeys: false, strict: false });
    const list: readonly Document[] = Array.isArray(documents) ? (documents as Document[]) : [];
    for (const document of list) {
      const error = document.errors[0];
      if (error !== undefined) {
        return { ok: false, error: { code: 'not-yaml', message: 'The file is not valid YAML.', line: lineCounter.linePos(error.pos[0]).line } };
      }
    }
    const values = list.map((document): unknown => document.toJS({ maxAliasCount: 100 }));
    if (values.some((value) => isTooDeep(value, 0))) {
      return { ok: false, error: { code: 'too-deep', message: `The YAML is nested more than ${String(maxDepth)} levels.` } };
    }
    return { ok: true, value: values };
  } catch {
    return { ok: false, error: { code: 'not-yaml', message: 'The file is not valid YAML, or nests or repeats itself beyond the limits.' } };
  }
}

/** The first document; undefined value when the stream is empty. */
export function readYaml(bytes: Uint8Array): Read<unknown> {
  const all = readYamlDocuments(bytes);
  return all.ok ? { ok: true, value: all.value[0] } : all;
}

function isTooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= maxDepth) return true;
  return Object.values(value).some((child) => isTooDeep(child, depth + 1));
}
