/** Credentials inside URLs, and tokens that forges and registries mark by a prefix. Linear: no nested repetition. */
const userInfo = /(:\/\/)([^\s/"'@<>:]{1,256}):([^\s/"'@<>]{1,1024})@/g;
const bareToken = /(:\/\/)([A-Za-z0-9_-]{24,256})@/g;
const marked =
  /\b(gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{40,255}|npm_[A-Za-z0-9]{30,64}|glpat-[A-Za-z0-9_-]{20,64}|xox[abprs]-[A-Za-z0-9-]{10,200})\b/g;

/**
 * The text without credentials: user-info of URLs and well-known tokens become `redacted`. Done before anything is kept,
 * so that hash and reading are of what is kept. A plain user name such as `git@` stays.
 */
export function redactText(text: string): string {
  return text.replace(userInfo, '$1redacted@').replace(bareToken, '$1redacted@').replace(marked, 'redacted');
}

/** The same for bytes; those that hold nothing of the kind come back as they are. */
export function redactBytes(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const clean = redactText(text);
  return clean === text ? bytes : Buffer.from(clean, 'latin1');
}

/** No credential is looked for across more than this; longer stretches without a quote or white space are cut here. */
const longestStretch = 8192;

/** The same for bytes that come in pieces, in bounded memory: pieces are cut at quotes and white space, which no credential holds. */
export async function* redactedChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const cut = lastBoundary(bytes);
    if (cut > 0) yield redactBytes(bytes.subarray(0, cut));
    held = bytes.subarray(cut);
  }
  if (held.length > 0) yield redactBytes(held);
}

function lastBoundary(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - longestStretch);
  for (let at = bytes.length - 1; at >= from; at -= 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22 || byte === 0x0a || byte === 0x20 || byte === 0x09 || byte === 0x0d) return at + 1;
  }
  return from;
}
