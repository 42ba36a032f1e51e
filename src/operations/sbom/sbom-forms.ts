/** Every form in which SBOMs are written, for the doors to list. */
export { contentHash as sbomHash } from '#reports/sbom/content-id.ts';
export { sbomWriters } from '#reports/sbom/sbom-writers.ts';
export type { SbomWriter } from '#reports/sbom/sbom-writer.ts';
