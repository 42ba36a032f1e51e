import type { SbomComponent } from '#model/sbom.ts';

/**
 * What a component is, whatever its version: its purl without version (qualifiers stay: two architectures are two things), else its type and name.
 * Canonical purls write no `@` but the one before the version.
 */
export function packageIdentity({ purl, ecosystem, type, name }: Pick<SbomComponent, 'purl' | 'ecosystem' | 'type' | 'name'>): string {
  if (purl !== null) return purl.replace(/@[^?#]*/, '');
  return `${ecosystem ?? type ?? 'component'}:${name}`;
}
