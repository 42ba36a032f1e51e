import type { Format } from '#model/format.ts';

/** How many first bytes a format may look at to know its own. */
export const headBytes = 65_536;

/**
 * The format of a file: the one asked for by id, else by its path, else by its first 64 KiB. Where several claim the path,
 * the one that also knows the content is taken, then the first. Null when none claims the file or the id is unknown.
 */
export function detectFormat(formats: readonly Format[], formatId: string | null, path: string, bytes: Uint8Array): Format | null {
  if (formatId !== null) return formats.find((format) => format.id === formatId) ?? null;
  const byPath = formats.filter((format) => format.matchesPath(path));
  if (byPath.length === 1) return byPath[0] ?? null;
  const head = headOf(bytes);
  const byContent = (byPath.length > 0 ? byPath : formats).find((format) => format.matchesContent?.(head) === true);
  return byContent ?? byPath[0] ?? null;
}

function headOf(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes.subarray(0, headBytes));
}
