type Evidence = { readonly kind: string; readonly path: string };

const uploaded = 'upload:';

/** Which file shows something, in words: its path, or for an upload, which has none, the slot it was sent to. */
export function evidenceWords({ path }: Pick<Evidence, 'path'>): string {
  return path.startsWith(uploaded) ? `upload to slot ${path.slice(uploaded.length)}` : path;
}

/** Which file shows something. */
export function EvidenceName({ evidence }: { readonly evidence: Evidence }) {
  const text = evidenceWords(evidence);
  return <code title={`${evidence.kind}: ${text}`}>{text}</code>;
}
