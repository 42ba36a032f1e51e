import { hash, randomBytes } from 'node:crypto';

/**
 * The UUID (version 8 of https://www.rfc-editor.org/rfc/rfc9562) that stands for natural keys: the same for the same keys on every machine and after a
 * restore, since nothing that a store numbers is in it.
 */
export function uuidFor(...keys: readonly string[]): string {
  return uuidOf(hash('sha256', ['guildhall', ...keys].join('\0'), 'buffer').subarray(0, 16), 8);
}

/** A random UUID. */
export function newUuid(): string {
  return uuidOf(randomBytes(16), 4);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** The public id of a receipt that a UUID stands for, 26 characters of base32; null when the text is no UUID. The same bits in other letters, so that a token finds its upload. */
export function publicIdOf(uuid: string): string | null {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) return null;
  let bits = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let at = 0; at < 26; at += 1) {
    text = (alphabet[Number(bits & 31n)] ?? '') + text;
    bits >>= 5n;
  }
  return text;
}

function uuidOf(bytes: Uint8Array, version: number): string {
  const own = Uint8Array.from(bytes);
  own[6] = ((own[6] ?? 0) & 0x0f) | (version << 4);
  own[8] = ((own[8] ?? 0) & 0x3f) | 0x80;
  return Buffer.from(own)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
