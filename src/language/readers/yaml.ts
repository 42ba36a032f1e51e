import { Composer, Lexer, LineCounter, Parser, type Document } from 'yaml';
import { decodeText, type Read } from './decoded.ts';
import { maxDepth, readJson } from './json.ts';
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
  // JSON is YAML as well, and a hundred times faster to read as what it is.
  const json = /^\s*[{[]/.test(text.value) ? readJson(bytes) : null;
  if (json?.ok === true) return { ok: true, value: [json.value] };
  // The parser's time grows with the square of the depth of brackets.
  if (hasDeepBrackets(text.value)) return tooDeep();
  try {
    const documents = documentsOf(text.value);
    if (!documents.ok) return documents;
    const values = documents.value.map((document): unknown => document.toJS({ maxAliasCount: 100 }));
    return values.some((value) => isTooDeep(value, 0)) ? tooDeep() : { ok: true, value: values };
  } catch {
    return { ok: false, error: { code: 'not-yaml', message: 'The file is not valid YAML, or nests or repeats itself beyond the limits.' } };
  }
}

/** The first document; undefined value when the stream is empty. */
export function readYaml(bytes: Uint8Array): Read<unknown> {
  const all = readYamlDocuments(bytes);
  return all.ok ? { ok: true, value: all.value[0] } : all;
}

function hasDeepBrackets(text: string): boolean {
  let depth = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (!isScalar && (token === '[' || token === '{')) depth += 1;
    else if (!isScalar && (token === ']' || token === '}')) depth -= 1;
    if (depth > maxDepth) return true;
    isScalar = token === scalarFollows;
  }
  return false;
}

/** What yaml's lexer gives before the text of a scalar. */
const scalarFollows = '\u001f';

/** What `parseAllDocuments` gives, but ended at the first error: a text of errors only would take minutes. */
function documentsOf(text: string): Read<readonly Document[]> {
  const lineCounter = new LineCounter();
  const failed = (offset: number): Read<never> => ({
    ok: false,
    error: { code: 'not-yaml', message: 'The file is not valid YAML.', line: lineCounter.linePos(offset).line },
  });
  const composer = new Composer({ prettyErrors: false, logLevel: 'silent', uniqueKeys: false, strict: false });
  const documents: Document[] = [];
  for (const token of new Parser(lineCounter.addNewLine).parse(text)) {
    if (token.type === 'error') return failed(token.offset);
    documents.push(...composer.next(token));
  }
  documents.push(...composer.end(false, text.length));
  const error = documents.flatMap(({ errors }) => errors)[0];
  return error === undefined ? { ok: true, value: documents } : failed(error.pos[0]);
}

function tooDeep(): Read<never> {
  return { ok: false, error: { code: 'too-deep', message: `The YAML is nested more than ${String(maxDepth)} levels.` } };
}

function isTooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= maxDepth) return true;
  return Object.values(value).some((child) => isTooDeep(child, depth + 1));
}
