import { decodeText, lineAt, type Read } from './decoded.ts';
import { maxDepth, readJsonText } from './json.ts';

/** What to take of a JSON document: `true` for a whole value, else members by name; `*` stands for all others. */
export type Wanted = true | { readonly [name: string]: Wanted };

/**
 * The wanted parts of a large JSON document of untrusted bytes, without making objects of the rest: of a description of a hundred megabytes a few are
 * needed. Arrays are taken whole or their elements by the same wish. What is passed over is only checked as far as finding its end takes.
 */
export function pickJson(bytes: Uint8Array, wanted: Wanted): Read<unknown> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const cursor = { text: text.value, at: 0 };
  try {
    skipSpace(cursor);
    const value = take(cursor, wanted, 0);
    skipSpace(cursor);
    if (cursor.at < cursor.text.length) throw new NotJson();
    return { ok: true, value };
  } catch (error) {
    if (error instanceof TooDeep)
      return { ok: false, error: { code: 'too-deep', message: `The JSON is nested more than ${String(maxDepth)} levels.` } };
    if (!(error instanceof NotJson)) throw error;
    const what = cursor.text.trim() === '' ? 'The file is empty.' : 'The file is not valid JSON.';
    return { ok: false, error: { code: 'not-json', message: what, line: lineAt(cursor.text, cursor.at) } };
  }
}

type Cursor = { readonly text: string; at: number };

class NotJson extends Error {}
class TooDeep extends Error {}

function take(cursor: Cursor, wanted: Wanted, depth: number): unknown {
  if (depth > maxDepth) throw new TooDeep();
  if (wanted === true) {
    const from = cursor.at;
    skip(cursor, depth);
    return parsed(cursor.text.slice(from, cursor.at));
  }
  const first = cursor.text.charCodeAt(cursor.at);
  if (first === 0x5b) return takeElements(cursor, wanted, depth);
  if (first === 0x7b) return takeMembers(cursor, wanted, depth);
  return take(cursor, true, depth);
}

function parsed(text: string): unknown {
  const read = readJsonText(text);
  if (!read.ok) throw new NotJson();
  return read.value;
}

function takeMembers(cursor: Cursor, wanted: { readonly [name: string]: Wanted }, depth: number): unknown {
  const found = new Map<string, unknown>();
  eachPart(cursor, 0x7d, () => {
    const name = takeName(cursor);
    const wish = Object.hasOwn(wanted, name) ? wanted[name] : wanted['*'];
    if (wish === undefined) skip(cursor, depth + 1);
    else found.set(name, take(cursor, wish, depth + 1));
  });
  return Object.fromEntries(found);
}

function takeElements(cursor: Cursor, wanted: Wanted, depth: number): unknown {
  const found: unknown[] = [];
  eachPart(cursor, 0x5d, () => found.push(take(cursor, wanted, depth + 1)));
  return found;
}

function takeName(cursor: Cursor): string {
  const from = cursor.at;
  skipString(cursor);
  const name = String(parsed(cursor.text.slice(from, cursor.at)));
  skipSpace(cursor);
  if (cursor.text.charCodeAt(cursor.at) !== 0x3a) throw new NotJson();
  cursor.at += 1;
  skipSpace(cursor);
  return name;
}

/** Goes through members or elements, from the opening bracket to behind the closing one. */
function eachPart(cursor: Cursor, close: number, part: () => void): void {
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.text.charCodeAt(cursor.at) === close) {
    cursor.at += 1;
    return;
  }
  for (;;) {
    part();
    skipSpace(cursor);
    const next = cursor.text.charCodeAt(cursor.at);
    cursor.at += 1;
    if (next === close) return;
    if (next !== 0x2c) throw new NotJson();
    skipSpace(cursor);
  }
}

/** Passes over one value. */
function skip(cursor: Cursor, depth: number): void {
  const { text } = cursor;
  const first = text.charCodeAt(cursor.at);
  if (first === 0x22) {
    skipString(cursor);
    return;
  }
  if (first !== 0x7b && first !== 0x5b) {
    const from = cursor.at;
    while (cursor.at < text.length && /[-+.0-9A-Za-z]/.test(text.charAt(cursor.at))) cursor.at += 1;
    if (cursor.at === from) throw new NotJson();
    return;
  }
  for (let open = 0; cursor.at < text.length;) {
    const code = text.charCodeAt(cursor.at);
    if (code === 0x22) {
      skipString(cursor);
      continue;
    }
    cursor.at += 1;
    if (code === 0x7b || code === 0x5b) {
      open += 1;
      if (depth + open > maxDepth) throw new TooDeep();
    } else if (code === 0x7d || code === 0x5d) {
      open -= 1;
      if (open === 0) return;
    }
  }
  throw new NotJson();
}

function skipString(cursor: Cursor): void {
  const { text } = cursor;
  if (text.charCodeAt(cursor.at) !== 0x22) throw new NotJson();
  for (let at = text.indexOf('"', cursor.at + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) {
      cursor.at = at + 1;
      return;
    }
  }
  throw new NotJson();
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    cursor.at += 1;
  }
}
