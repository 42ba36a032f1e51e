import { createHash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import type { SbomToWrite } from './sbom-writer.ts';

/** SHA-256 (hex) of all that an SBOM says, whatever form it is written in. */
export function contentHash({ document, notesOf, parts }: SbomToWrite): string {
  const { subject, components, dependencies, stated, problems: _, ...about } = document;
  const sum = createHash('sha256').update(canonicalJson([about, subject, notesOf(-1), [...parts]]));
  components.forEach((component, index) => sum.update(canonicalJson([component, notesOf(index)])));
  return sum.update(JSON.stringify([dependencies, stated])).digest('hex');
}

/** A UUID of version 8 (RFC 9562) made from a hash in hex. */
export function uuidOf(hex: string): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
