/** Why bytes could not be read as text or as a document; the caller adds path and severity to make a Problem. */
export type Unreadable = { readonly code: string; readonly message: string; readonly line?: number };

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Unreadable };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text of bytes in UTF-8 (BOM dropped) or UTF-16 with a BOM. Anything else is said, not guessed. */
export function decodeText(bytes: Uint8Array): Read<string> {
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return { ok: true, value: new TextDecoder('utf-16le', { fatal: true }).decode(bytes) };
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return { ok: true, value: new TextDecoder('utf-16be', { fatal: true }).decode(bytes) };
    return { ok: true, value: utf8.decode(bytes) };
  } catch {
    return { ok: false, error: { code: 'not-text', message: 'The file is neither UTF-8 nor UTF-16 text.' } };
  }
}

/** Line of a character offset, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
