import type { EvidenceTable } from '#store/schema.ts';

/** Whether a file by its hash is looked for in such an evidence: in what shows packages and is still there. */
export function isSearched({ kind, ended }: Pick<EvidenceTable, 'kind' | 'ended'>): boolean {
  return ended === 0 && (kind === 'lockfile' || kind === 'manifest' || kind === 'sbom');
}
