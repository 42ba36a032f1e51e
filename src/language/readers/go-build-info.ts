/** What Go writes into a program about itself: the version of Go, and its module and dependencies as lines. */
export type GoBuildInfo = { readonly go: string; readonly modules: string };

const magic = Buffer.from([0xff, ...Buffer.from(' Go buildinf:')]);
/** Two signs of sixteen bytes enclose the lines. */
const fence = 16;
const maxLines = 4 * 1024 * 1024;

/** Where in the bytes the next build info may begin, from `from` on; -1 when nowhere. */
export function goBuildInfoAt(bytes: Uint8Array, from = 0): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(magic, from);
}

/**
 * The build info that begins with these bytes, of Go 1.18 and newer; null where the sign stands for itself, as in programs that look for it, or is of an
 * older Go, whose info lies elsewhere. https://pkg.go.dev/debug/buildinfo, src/debug/buildinfo/buildinfo.go
 */
export function readGoBuildInfo(bytes: Uint8Array): GoBuildInfo | null {
  const isInline = ((bytes[15] ?? 0) & 2) !== 0;
  if (!isInline) return null;
  const version = prefixed(bytes, 32);
  if (version === null || !/^(?:go\d|devel)/.test(version.text) || version.text.length > 200) return null;
  const modules = prefixed(bytes, version.end);
  const lines = modules === null || modules.text.length < fence * 2 + 1 ? '' : modules.text.slice(fence, -fence);
  return { go: version.text, modules: Buffer.from(lines, 'latin1').toString('utf8') };
}

/** A text with its length in front, as bytes of seven bits. */
function prefixed(bytes: Uint8Array, start: number): { readonly text: string; readonly end: number } | null {
  let length = 0;
  for (let at = start, shift = 0; at < start + 5; at += 1, shift += 7) {
    const byte = bytes[at];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) {
      const end = at + 1 + length;
      if (length > maxLines || end > bytes.length) return null;
      return { text: Buffer.from(bytes.buffer, bytes.byteOffset + at + 1, length).toString('latin1'), end };
    }
  }
  return null;
}
