/** Words in a row that are compared as one. */
export const sequenceWords = 3;

/**
 * Each run of three words as a number of 32 bits, in the order of the text, so that a text can be compared with others without being kept.
 * Of two million different runs a few hundred meet: too few to matter among the hundreds that a licence has.
 */
export function licenceSequences(words: readonly string[]): Uint32Array {
  const sequences = new Uint32Array(Math.max(0, words.length - sequenceWords + 1));
  for (let at = 0; at < sequences.length; at += 1) sequences[at] = hashed(`${words[at] ?? ''} ${words[at + 1] ?? ''} ${words[at + 2] ?? ''}`);
  return sequences;
}

/** As text, for a reading: base64 of four bytes each, the lowest first. */
export function packSequences(sequences: Uint32Array): string {
  const bytes = new Uint8Array(sequences.length * 4);
  const view = new DataView(bytes.buffer);
  sequences.forEach((sequence, at) => {
    view.setUint32(at * 4, sequence, true);
  });
  return bytes.toBase64();
}

/** Reads what `packSequences` wrote; none from a text that it did not write. */
export function unpackSequences(text: string): Uint32Array {
  const bytes = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? Uint8Array.fromBase64(text) : new Uint8Array(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getUint32(at * 4, true));
}

/** FNV-1a, of which two halves are folded into one. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashed(text: string): number {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (low ^ (high >>> 7)) >>> 0;
}
