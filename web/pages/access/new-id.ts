const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 characters of base32, as acts want the ids that askers give. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => alphabet[byte & 31]).join('');
}
