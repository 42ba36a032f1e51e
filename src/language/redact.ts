/** Credentials inside URLs, and tokens that forges and registries mark by a prefix. Linear: no nested repetition. */
const userInfo = /(:\/\/)([^\s/"'@<>:]{1,256}):([^\s/"'@<>]{1,1024})@/g;
const bareToken = /(:\/\/)([A-Za-z0-9_-]{24,256})@/g;
const marked = /\b(gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{40,255}|npm_[A-Za-z0-9]{30,64}|glpat-[A-Za-z0-9_-]{20,64}|xox[abprs]-[A-Za-z0-9-]{10,200})\b/g;

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
