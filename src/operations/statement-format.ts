import { formatOfPath } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';

/** Ids of the formats that say what was decided about vulnerabilities. */
export const statementFormats: readonly string[] = [...formats.filter(({ kind }) => kind === 'statements').map(({ id }) => id), 'cyclonedx'];

/** Those that lie beside what they speak of and name no component. */
export const formatsOfOneComponent: ReadonlySet<string> = new Set(['trivyignore', 'osv-scanner', 'snyk', 'dependency-check']);

const signs: readonly (readonly [format: string, sign: RegExp])[] = [
  ['openvex', /"@context"\s*:\s*"https:\/\/openvex\.dev\/ns/],
  ['csaf', /"csaf_version"\s*:/],
  ['cyclonedx', /"bomFormat"\s*:\s*"CycloneDX"/],
  ['dependency-track', /"(?:findings|matrix|vulnId)"\s*:/],
  ['dependency-check', /<suppressions[\s>]/],
  ['osv-scanner', /^\s*\[\[(?:IgnoredVulns|PackageOverrides)\]\]/m],
  ['snyk', /^# Snyk \(https:\/\/snyk\.io\) policy file/m],
];

/**
 * The format of a file that is imported on purpose, by its beginning or its name; null when none is meant. Scans and uploads of SBOMs never ask: a VEX
 * document taken for an SBOM would be an empty inventory.
 */
export function statementFormatOf(file: string, bytes: Uint8Array): string | null {
  const head = new TextDecoder().decode(bytes.subarray(0, 65_536));
  const bySign = signs.find(([, sign]) => sign.test(head))?.[0];
  if (bySign !== undefined) return bySign;
  const byPath = formatOfPath(
    file,
    formats.filter(({ id }) => statementFormats.includes(id)),
  );
  return byPath?.id ?? null;
}
