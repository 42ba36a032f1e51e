import { formatOfPath } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';

/** What is taken over on purpose: what others decided about vulnerabilities, and what they approved of licences and packages. */
export type ImportKind = 'statements' | 'approvals';

/** Ids of the formats that are taken over, by what they say. */
export const importFormats: Readonly<Record<ImportKind, readonly string[]>> = {
  statements: [...formats.filter(({ kind }) => kind === 'statements').map(({ id }) => id), 'cyclonedx', 'spdx3'],
  approvals: formats.filter(({ kind }) => kind === 'approvals').map(({ id }) => id),
};

/** What a document has that says what was decided about vulnerabilities, in any notation; an SBOM may have it, too. */
export const signsOfVex: readonly string[] = ['"vulnerabilities"', 'vulnerabilities>', 'VulnAssessmentRelationship"'];

/** Those that lie beside what they speak of and name no component. */
export const formatsOfOneComponent: ReadonlySet<string> = new Set(['trivyignore', 'osv-scanner', 'snyk', 'dependency-check']);

const signs: Readonly<Record<ImportKind, readonly (readonly [format: string, sign: RegExp])[]>> = {
  statements: [
    ['openvex', /"@context"\s*:\s*"https:\/\/openvex\.dev\/ns/],
    ['csaf', /"csaf_version"\s*:/],
    ['cyclonedx', /"bomFormat"\s*:\s*"CycloneDX"|\bhttp:\/\/cyclonedx\.org\/schema\/bom\//],
    ['spdx3', /"https:\/\/spdx\.org\/rdf\/3\./],
    ['dependency-track', /"(?:findings|matrix|vulnId)"\s*:/],
    ['dependency-check', /<suppressions[\s>]/],
    ['osv-scanner', /^\s*\[\[(?:IgnoredVulns|PackageOverrides)\]\]/m],
    ['snyk', /^# Snyk \(https:\/\/snyk\.io\) policy file/m],
  ],
  approvals: [
    ['sonatype-iq', /"(?:policyWaiverId|licenseOverridesByOwner)"\s*:/],
    ['sw360', /"(?:sw360:releases|clearingState)"\s*:/],
    ['mend', /"(?:alertInfo|supportToken)"\s*:|"REJECTED_BY_POLICY_RESOURCE"/],
    ['fossa', /"(?:policy_conflict|policy_flag|unlicensed_dependency)"/],
    ['snyk-licences', /"?'?snyk:lic:|"severity"\s*:\s*"none"|^# Snyk \(https:\/\/snyk\.io\) policy file/m],
    ['black-duck', /"policyStatus"\s*:|^[^\n]*Component policy status[^\n]*,/i],
    ['ort-yml', /^(?:license_choices|package_configurations|curations|resolutions)\s*:/m],
  ],
};

/**
 * The format of a file that is imported on purpose, by its beginning or its name; null when none is meant. Scans and uploads of SBOMs never ask: a VEX
 * document taken for an SBOM would be an empty inventory.
 */
export function importFormatOf(kind: ImportKind, file: string, bytes: Uint8Array): string | null {
  const head = new TextDecoder().decode(bytes.subarray(0, 65_536));
  const bySign = signs[kind].find(([, sign]) => sign.test(head))?.[0];
  if (bySign !== undefined) return bySign;
  const byPath = formatOfPath(
    file,
    formats.filter(({ id }) => importFormats[kind].includes(id)),
  );
  return byPath?.id ?? null;
}
