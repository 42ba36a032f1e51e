const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** An id for something new, 26 characters of base32: who asks gives it, so that asking twice makes one. */
export function newActId(): string {
  return [...crypto.getRandomValues(new Uint8Array(26))].map((byte) => alphabet[byte & 31] ?? 'a').join('');
}
