import { decodeText, lineAt, type Read } from './decoded.ts';

/** Nesting past this is refused: walking it later would overflow the stack. */
export const maxDepth = 200;

/** A JSON document of untrusted bytes. Fails on bad encoding, bad syntax and nesting over 200, with the line where known. */
export function readJson(bytes: Uint8Array): Read<unknown> {
  const text = decodeText(bytes);
  return text.ok ? readJsonText(text.value) : text;
}

/** The same for text already decoded. */
export function readJsonText(text: string): Read<unknown> {
  const deep = tooDeepAt(text);
  if (deep !== null) {
    return { ok: false, error: { code: 'too-deep', message: `The JSON is nested more than ${String(maxDepth)} levels.`, line: lineAt(text, deep) } };
  }
  const read = readMeasuredJson(text);
  if (read.ok) return read;
  const what = text.trim() === '' ? 'The file is empty.' : 'The file is not valid JSON.';
  return { ok: false, error: { code: 'not-json', message: what, line: lineAt(text, read.offset) } };
}

/** JSON of untrusted text of which it is known that it does not nest too deeply; else where it breaks. */
export function readMeasuredJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly offset: number } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1];
    return { ok: false, offset: at === undefined ? text.length : Number(at) };
  }
}

/** JSON that this program wrote itself and kept in its store, read back. Throws on damage. Never for what came from outside. */
export function storedJson(text: string): unknown {
  return JSON.parse(text);
}

/** The value as an object, or null for anything else (arrays and null included). */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** The value as an array; empty for anything else. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The value as a string; null for anything else. */
export function asString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = endOfString(text, at);
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > maxDepth) return at;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return null;
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
