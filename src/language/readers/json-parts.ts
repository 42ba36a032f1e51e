import { decodeText, type Read, type Unreadable } from './decoded.ts';
import { asArray, maxDepth, readJsonText, readMeasuredJson } from './json.ts';

/** A document taken apart so far that nothing large is held at once, whatever its notation. */
export type DocumentParts = {
  /** All members but the long lists. */
  readonly head: Readonly<Record<string, unknown>>;
  /**
   * The elements of a long list, each made when it is come to, so that one may go through them again. Empty when there is no such member,
   * null when it is no list. Throws a {@link BrokenPart} where an element cannot be read.
   */
  list(name: string): Iterable<unknown> | null;
};

/** An element of a long list that is not what its notation demands: the document as a whole is not readable. */
export class BrokenPart extends Error {
  readonly unreadable: Unreadable;
  constructor(unreadable: Unreadable) {
    super(unreadable.message);
    this.unreadable = unreadable;
  }
}

/** What is at hand whole, as parts. */
export function partsOf(document: Readonly<Record<string, unknown>>): DocumentParts {
  return {
    head: document,
    list: (name) => {
      const value = document[name];
      return value === undefined || value === null || Array.isArray(value) ? asArray(value) : null;
    },
  };
}

/**
 * A JSON object of untrusted bytes, its long lists left where they are and read element by element: a document of a hundred megabytes costs its bytes and
 * one element at a time. `within` names the member that holds the object, where it is not the document itself. The value is null when it is no object.
 */
export function readJsonParts(bytes: Uint8Array, lists: readonly string[], within: string | null = null): Read<DocumentParts | null> {
  const utf8 = asUtf8(bytes);
  if (!utf8.ok) return utf8;
  const cursor: Cursor = { bytes: utf8.value, at: startOf(utf8.value) };
  try {
    skipSpace(cursor);
    if (cursor.bytes[cursor.at] !== openObject) {
      const whole = readJsonText(decoded(cursor.bytes, 0, cursor.bytes.length, cursor));
      return whole.ok ? { ok: true, value: null } : whole;
    }
    const parts = objectParts(cursor, lists, within);
    skipSpace(cursor);
    if (cursor.at < cursor.bytes.length) throw new NotJson();
    return { ok: true, value: parts };
  } catch (error) {
    if (error instanceof BrokenPart) return { ok: false, error: error.unreadable };
    return { ok: false, error: failureAt(error, cursor) };
  }
}

type Cursor = { readonly bytes: Uint8Array; at: number };
type Place = { readonly from: number; readonly to: number };

class NotJson extends Error {}
class TooDeep extends Error {}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openObject, closeObject, openArray, closeArray] = [0x7b, 0x7d, 0x5b, 0x5d];

function objectParts(cursor: Cursor, lists: readonly string[], within: string | null): DocumentParts | null {
  const { bytes } = cursor;
  const head = new Map<string, unknown>();
  const long = new Map<string, Place>();
  let inner: DocumentParts | null = null;
  eachPart(cursor, closeObject, () => {
    const name = takeName(cursor);
    const from = cursor.at;
    if (name === within && bytes[from] === openObject) {
      inner = objectParts(cursor, lists, null);
      return;
    }
    skip(cursor);
    const place = { from, to: cursor.at };
    head.delete(name);
    long.delete(name);
    if (lists.includes(name) && bytes[from] === openArray) long.set(name, place);
    else if (within === null || name !== within) head.set(name, valueAt(cursor, place));
  });
  if (within !== null) return inner;
  const fields = Object.fromEntries(head);
  return {
    head: fields,
    list: (name) => {
      const place = long.get(name);
      if (place !== undefined) return { [Symbol.iterator]: () => elements({ bytes, at: place.from }) };
      return fields[name] === undefined || fields[name] === null ? [] : null;
    },
  };
}

function* elements(cursor: Cursor): Generator<unknown, undefined> {
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.bytes[cursor.at] === closeArray) return undefined;
  for (;;) {
    const from = cursor.at;
    try {
      skip(cursor);
    } catch (error) {
      throw new BrokenPart(failureAt(error, cursor));
    }
    yield valueAt(cursor, { from, to: cursor.at });
    skipSpace(cursor);
    const next = cursor.bytes[cursor.at];
    cursor.at += 1;
    if (next === closeArray) return undefined;
    if (next !== comma) throw new BrokenPart(failureAt(new NotJson(), cursor));
    skipSpace(cursor);
  }
}

/** The value between two places; that it does not nest too deeply is known from finding its end. */
function valueAt(cursor: Cursor, { from, to }: Place): unknown {
  const read = readMeasuredJson(decoded(cursor.bytes, from, to, cursor));
  if (read.ok) return read.value;
  throw new BrokenPart(failureAt(new NotJson(), { bytes: cursor.bytes, at: Math.min(from + read.offset, to) }));
}

function decoded(bytes: Uint8Array, from: number, to: number, cursor: Cursor): string {
  const text = decodeText(from === 0 ? bytes.subarray(startOf(bytes), to) : bytes.subarray(from, to));
  if (text.ok) return text.value;
  throw new BrokenPart({ ...text.error, line: lineOf({ bytes: cursor.bytes, at: from }) });
}

function takeName(cursor: Cursor): string {
  const from = cursor.at;
  skipString(cursor);
  const name = String(valueAt(cursor, { from, to: cursor.at }));
  skipSpace(cursor);
  if (cursor.bytes[cursor.at] !== colon) throw new NotJson();
  cursor.at += 1;
  skipSpace(cursor);
  return name;
}

/** Goes through members, from the opening bracket to behind the closing one. */
function eachPart(cursor: Cursor, close: number, part: () => void): void {
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.bytes[cursor.at] === close) {
    cursor.at += 1;
    return;
  }
  for (;;) {
    part();
    skipSpace(cursor);
    const next = cursor.bytes[cursor.at];
    cursor.at += 1;
    if (next === close) return;
    if (next !== comma) throw new NotJson();
    skipSpace(cursor);
  }
}

/** Passes over one value, counting how deep it nests; its own depth inside the document is at most three more. */
function skip(cursor: Cursor): void {
  const { bytes } = cursor;
  const first = bytes[cursor.at];
  if (first === quote) {
    skipString(cursor);
    return;
  }
  if (first !== openObject && first !== openArray) {
    const from = cursor.at;
    while (cursor.at < bytes.length && isPlain(bytes[cursor.at] ?? 0)) cursor.at += 1;
    if (cursor.at === from) throw new NotJson();
    return;
  }
  for (let open = 0; cursor.at < bytes.length;) {
    const code = bytes[cursor.at];
    if (code === quote) {
      skipString(cursor);
      continue;
    }
    cursor.at += 1;
    if (code === openObject || code === openArray) {
      open += 1;
      if (open > maxDepth) throw new TooDeep();
    } else if (code === closeObject || code === closeArray) {
      open -= 1;
      if (open === 0) return;
    }
  }
  throw new NotJson();
}

/** A sign of a number, `true`, `false` or `null`. */
function isPlain(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x2e
  );
}

/** In UTF-8 a quotation mark and a backslash are never part of another sign. */
function skipString(cursor: Cursor): void {
  const { bytes } = cursor;
  if (bytes[cursor.at] !== quote) throw new NotJson();
  for (let at = cursor.at + 1; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === backslash) at += 1;
    else if (code === quote) {
      cursor.at = at + 1;
      return;
    }
  }
  cursor.at = bytes.length;
  throw new NotJson();
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const code = cursor.bytes[cursor.at];
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    cursor.at += 1;
  }
}

function failureAt(error: unknown, cursor: Cursor): Unreadable {
  if (error instanceof TooDeep)
    return { code: 'too-deep', message: `The JSON is nested more than ${String(maxDepth)} levels.`, line: lineOf(cursor) };
  if (!(error instanceof NotJson)) throw error;
  const isEmpty = cursor.at >= cursor.bytes.length && decodeText(cursor.bytes).ok && new TextDecoder().decode(cursor.bytes).trim() === '';
  return { code: 'not-json', message: isEmpty ? 'The file is empty.' : 'The file is not valid JSON.', line: lineOf(cursor) };
}

function lineOf({ bytes, at }: Cursor): number {
  let line = 1;
  for (let next = bytes.indexOf(0x0a); next !== -1 && next < at; next = bytes.indexOf(0x0a, next + 1)) line += 1;
  return line;
}

/** The bytes as UTF-8: what has the mark of UTF-16 is written anew. */
function asUtf8(bytes: Uint8Array): Read<Uint8Array> {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16) return { ok: true, value: bytes };
  const text = decodeText(bytes);
  return text.ok ? { ok: true, value: new TextEncoder().encode(text.value) } : text;
}

function startOf(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}
