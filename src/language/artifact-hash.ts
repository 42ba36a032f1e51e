/** A hash of the bytes of one artifact; `hex` in lower case. */
export type ArtifactHash = { readonly algorithm: HashAlgorithm; readonly hex: string };

/** The hashes by which lockfiles, SBOMs and registries name artifacts. */
export const hashAlgorithms = ['sha1', 'sha256', 'sha512'] as const;
export type HashAlgorithm = (typeof hashAlgorithms)[number];

const bytesOf: Readonly<Record<HashAlgorithm, number>> = { sha1: 20, sha256: 32, sha512: 64 };
const prefix = /^(sha1|sha256|sha512)[:\-=](.+)$/i;

/**
 * Reads a hash as people and files write it: in hex or base64, by itself or behind `sha256:` or, as in subresource integrity, `sha256-`.
 * Null for anything else.
 */
export function readArtifactHash(text: string): ArtifactHash | null {
  const [, named, rest = text.trim()] = prefix.exec(text.trim()) ?? [];
  for (const algorithm of hashAlgorithms) {
    if (named !== undefined && named.toLowerCase() !== algorithm) continue;
    const hex = hexOf(rest, bytesOf[algorithm]);
    if (hex !== null) return { algorithm, hex };
  }
  return null;
}

/** The one way in which we write it, `sha256:` and hex: what acts keep and pages show. */
export function artifactHashText({ algorithm, hex }: ArtifactHash): string {
  return `${algorithm}:${hex}`;
}

/** Every way in which a file may write it, to be searched for in its bytes; base64 without its end, which some leave out, and as JSON may escape it. */
export function writtenForms({ hex }: ArtifactHash): readonly string[] {
  const base64 = Buffer.from(hex, 'hex').toString('base64').replace(/=+$/, '');
  return [...new Set([hex, hex.toUpperCase(), base64, base64.replaceAll('/', '\\/')])];
}

/** Whether a text holds anything of the shape of such a hash: one without cannot say that it does not name an artifact. */
export function namesHashesOf(algorithm: HashAlgorithm, text: string): boolean {
  return shapes[algorithm].test(text);
}

function shapeOf(algorithm: HashAlgorithm): RegExp {
  const bytes = bytesOf[algorithm];
  const [letters, padding] = [Math.ceil((bytes * 8) / 6), '='.repeat((3 - (bytes % 3)) % 3)];
  const [hex, base64] = [`[0-9a-f]{${String(bytes * 2)}}`, `[0-9A-Za-z+/]{${String(letters)}}`];
  // By itself, base64 of SHA-1 is told from a word of 27 letters only by what stands before it.
  return new RegExp(
    `(?<![0-9A-Za-z])(?:${hex}|${hex.replace('a-f', 'A-F')})(?![0-9A-Za-z])|${algorithm}-${base64}|(?<![0-9A-Za-z+/])${base64}${padding}(?![0-9A-Za-z+/=])`,
  );
}

const shapes: Readonly<Record<HashAlgorithm, RegExp>> = { sha1: shapeOf('sha1'), sha256: shapeOf('sha256'), sha512: shapeOf('sha512') };

function hexOf(text: string, bytes: number): string | null {
  if (text.length === bytes * 2 && /^[0-9a-f]+$/i.test(text)) return text.toLowerCase();
  if (!/^[0-9A-Za-z+/]+={0,2}$/.test(text) || text.replace(/=+$/, '').length !== Math.ceil((bytes * 8) / 6)) return null;
  const read = Buffer.from(text, 'base64');
  return read.length === bytes ? read.toString('hex') : null;
}
