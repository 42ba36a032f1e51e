import { createHash } from 'node:crypto';

const longestKeyBytes = 1000;
const keptOfLongKey = 200;

/** The text with what PostgreSQL cannot hold (NUL, lone surrogates) as U+FFFD, on both stores alike. */
export function storableText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0')) return text;
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/**
 * The text as it stands in an index, whose entries PostgreSQL limits to a third of a page: over 1,000 bytes of UTF-8 its beginning and its hash.
 * https://www.postgresql.org/docs/current/btree.html
 */
export function keyText(text: string): string {
  const storable = storableText(text);
  if (storable.length * 3 <= longestKeyBytes || Buffer.byteLength(storable) <= longestKeyBytes) return storable;
  return `${storableText(storable.slice(0, keptOfLongKey))}… sha256:${createHash('sha256').update(storable).digest('hex')}`;
}
