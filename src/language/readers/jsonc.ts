import { decodeText, type Read } from './decoded.ts';
import { readJson } from './json.ts';

/** JSON with comments and trailing commas, as Bun and others write it, of untrusted bytes. What is left out becomes spaces, so that lines stay as they are. */
export function readJsonc(bytes: Uint8Array): Read<unknown> {
  const text = decodeText(bytes);
  return text.ok ? readJson(new TextEncoder().encode(plainJson(text.value))) : text;
}

// A string, a comment, or a comma before nothing but space and comments and a closing bracket.
const parts = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\/|,(?=(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/){0,200}[}\]])/g;

function plainJson(text: string): string {
  return text.replaceAll(parts, (part) => (part.startsWith('"') ? part : part.replaceAll(/[^\n]/g, ' ')));
}
