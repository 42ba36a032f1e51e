import { parse, TomlError } from 'smol-toml';
import { decodeText, type Read } from './decoded.ts';

/** A TOML document of untrusted bytes. smol-toml refuses deep nesting itself. */
export function readToml(bytes: Uint8Array): Read<unknown> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  try {
    return { ok: true, value: parse(text.value) };
  } catch (error) {
    const line = error instanceof TomlError ? { line: error.line } : {};
    return { ok: false, error: { code: 'not-toml', message: 'The file is not valid TOML.', ...line } };
  }
}
