/** Which file shows something: its path, or the slot of an uploaded SBOM. */
export function EvidenceName({ evidence }: { readonly evidence: { readonly kind: string; readonly path: string } }) {
  const text = evidence.kind === 'sbom' ? `SBOM slot ${evidence.path}` : evidence.path;
  return <code title={`${evidence.kind}: ${text}`}>{text}</code>;
}
